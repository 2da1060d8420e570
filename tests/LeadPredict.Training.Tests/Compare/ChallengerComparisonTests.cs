using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Compare;

/// <summary>Sixty leads, every other of which became SQL; the challenger came in the middle and scored the last forty too.</summary>
public sealed class ChallengerComparisonTests
{
    private const int Leads = 60;
    private const int Alone = 20;

    [Fact]
    public async Task Challenger_SetInTheMiddle_IsJudgedWithTheChampionOnWhatBothScored()
    {
        using var store = new LoggedStore();
        await AddAsync(
            store,
            champion: number => number < Alone ? Told(number) : 0.5,
            challenger: Told,

            // At another instant, and the first in its episode: nobody can say what the champion would have said.
            LoggedStore.Score(Id(Alone), 0.5, "challenger", 0.001));

        JsonElement judged = (await store.CompareAsync("--challenger", "--json")).Json;

        const int Both = Leads - Alone;
        judged.GetProperty("bothGave").GetInt32().ShouldBe(Both);
        judged.GetProperty("sql").GetProperty("n").GetInt32().ShouldBe(Both);
        LogLoss(judged.GetProperty("sql").GetProperty("model")).ShouldBe(-Math.Log(0.9), 1e-9);
        JsonElement champion = judged.GetProperty("champion").GetProperty("sql");
        champion.GetProperty("n").GetInt32().ShouldBe(Both);
        LogLoss(champion.GetProperty("model")).ShouldBe(Math.Log(2), 1e-9);
        LogLoss(champion.GetProperty("scorecard")).ShouldBe(LogLoss(judged.GetProperty("sql").GetProperty("scorecard")));

        JsonElement against = judged.GetProperty("againstChampion");
        JsonElement sql = against.GetProperty("sql");
        sql.GetProperty("verdict").GetString().ShouldBe("ChallengerWins");
        (sql.GetProperty("n").GetInt32(), sql.GetProperty("converted").GetInt32()).ShouldBe((Both, Both / 2));
        LogLoss(sql.GetProperty("difference")).ShouldBe(-Math.Log(0.9) - Math.Log(2), 1e-9);
        sql.GetProperty("sentence").GetString().ShouldStartWith("The challenger wins: on 40 later leads, of which 20 converted");

        // None was won, so which to believe of that cannot be told.
        against.GetProperty("close").GetProperty("verdict").GetString().ShouldBe("NoDifference");
        against.GetProperty("verdict").GetString()!.ShouldContain("P(SQL): The challenger wins");

        ConsoleRun told = await store.CompareAsync("--challenger");
        told.Out.ShouldContain("Champion and challenger both scored the same lead at the same instant 40 times");
        told.Out.ShouldContain("challenger minus champion");
        (await store.CompareAsync("--json")).Json.GetProperty("againstChampion").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Champion_CloserToWhatHappened_Wins()
    {
        using var store = new LoggedStore();
        await AddAsync(store, champion: Told, challenger: _ => 0.5);

        JsonElement sql = (await store.CompareAsync("--challenger", "--json")).Json.GetProperty("againstChampion").GetProperty("sql");

        sql.GetProperty("verdict").GetString().ShouldBe("ChampionWins");
        sql.GetProperty("sentence").GetString().ShouldStartWith("The champion wins: ");
    }

    [Fact]
    public async Task Roles_ThatScoredNothingTogether_AreRefusedWithWhatToDo()
    {
        using var store = new LoggedStore();
        await store.AddAsync(
            [LoggedStore.Mql("a", 0), LoggedStore.Mql("b", 0), new LeadBuilder("last", 390)],
            [LoggedStore.Score("a", 1, "champion", 0.5), LoggedStore.Score("a", 2, "challenger", 0.5), LoggedStore.Score("b", 1, "challenger", 0.5)]);

        ConsoleRun run = await store.CompareAsync("--challenger");

        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain("champion and challenger never scored the same lead at the same instant");
        run.Error.ShouldContain("promote --challenger");
    }

    [Fact]
    public async Task Versions_OfOtherHorizons_AreNotCompared()
    {
        using var store = new LoggedStore();
        (string models, ModelArtifact other) = store.WithOtherHorizon(days: 30);
        await AddAsync(store, champion: Told, challenger: Told);
        ConsoleRun same = await store.CompareOfAsync(models, "--challenger");
        await store.AddAsync([], [LoggedStore.Score(Id(0), 1, "challenger", 0.5) with { Version = 2, Hash = other.Hash }]);

        ConsoleRun none = await store.CompareOfAsync(models, "--challenger", "--model", "leads@2");

        same.ExitCode.ShouldBe(0, same.Error);
        (none.ExitCode, none.Out).ShouldBe((1, ""));
        none.Error.ShouldContain("of 1 logged scores that both gave none is decided");
        none.Error.ShouldContain("with other horizons than the champion's");
    }

    private static Task AddAsync(LoggedStore store, Func<int, double> champion, Func<int, double> challenger, params LoggedScore[] more)
    {
        int[] all = [.. Enumerable.Range(0, Leads)];
        return store.AddAsync(
            [.. all.Select(number => BecameSql(number) ? LoggedStore.Mql(Id(number), 0, Stage.SalesQualified, 10) : LoggedStore.Mql(Id(number), 0)), new LeadBuilder("last", 390)],
            [
                .. all.Select(number => LoggedStore.Score(Id(number), 1, "champion", champion(number))),
                .. all.Skip(Alone).Select(number => LoggedStore.Score(Id(number), 1, "challenger", challenger(number))),
                .. more,
            ]);
    }

    private static string Id(int number) => $"lead-{number}";

    private static bool BecameSql(int number) => number % 2 == 0;

    private static double Told(int number) => BecameSql(number) ? 0.9 : 0.1;

    private static double LogLoss(JsonElement figures) => figures.GetProperty("logLoss").GetProperty("value").GetDouble();
}
