using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Compare;

public sealed class LogMaturityTests
{
    [Fact]
    public async Task Outcome_BeforeTheHorizonIsOver_DoesNotCountYet()
    {
        string[] old = [.. Enumerable.Range(0, 20).Select(number => $"old-{number}")];
        string[] young = [.. Enumerable.Range(0, 20).Select(number => $"young-{number}")];
        LoggedScore edge = LoggedStore.Score("edge", 171, "champion", 0.3) with { AsOf = Day.At(170).AddMicroseconds(1) };
        using var store = new LoggedStore();

        // The last row is of day 230, which the young leads' 60 and 180 days go beyond, and the edge's 180.
        await store.AddAsync(
            [
                .. old.Select((id, number) => number < 10 ? LoggedStore.Mql(id, 0, Stage.SalesQualified, 10).Enters(number < 5 ? Stage.Won : Stage.Lost, 100) : LoggedStore.Mql(id, 0)),
                .. young.Select((id, number) => number switch
                {
                    < 8 => LoggedStore.Mql(id, 200, Stage.Disqualified, 210),
                    < 12 => LoggedStore.Mql(id, 200, Stage.SalesQualified, 210),
                    _ => LoggedStore.Mql(id, 200),
                }),
                LoggedStore.Mql("edge", 169, Stage.Disqualified, 175),
                new LeadBuilder("last", 230),
            ],
            [.. old.Select(id => LoggedStore.Score(id, 1, "champion", 0.3)), .. young.Select(id => LoggedStore.Score(id, 201, "champion", 0.3)), edge]);

        JsonElement judged = (await store.CompareAsync("--json")).Json;

        (int N, int Converted) Of(string question) => (judged.GetProperty(question).GetProperty("n").GetInt32(), judged.GetProperty(question).GetProperty("converted").GetInt32());
        Of("sql").ShouldBe((21, 10));
        Of("close").ShouldBe((20, 5));
        judged.GetProperty("undecided").GetProperty("sql").GetInt32().ShouldBe(20);
        judged.GetProperty("undecided").GetProperty("close").GetInt32().ShouldBe(21);
    }

    [Fact]
    public async Task Episode_ScoredByVersionsOfOtherHorizons_CountsOnceByTheFirst()
    {
        string[] leads = [.. Enumerable.Range(0, 20).Select(number => $"lead-{number}")];
        using var store = new LoggedStore();
        (string models, ModelArtifact other) = store.WithOtherHorizon(days: 30);
        await store.AddAsync(
            [.. leads.Select((id, number) => number % 2 == 0 ? LoggedStore.Mql(id, 0, Stage.SalesQualified, 45) : LoggedStore.Mql(id, 0)), new LeadBuilder("last", 390)],
            [
                .. leads.Select(id => LoggedStore.Score(id, 1, "champion", 0.3)),
                .. leads.Select(id => LoggedStore.Score(id, 2, "champion", 0.3) with { Version = other.Version, Hash = other.Hash }),
            ]);

        JsonElement sql = (await store.CompareOfAsync(models, "--json")).Json.GetProperty("sql");

        (sql.GetProperty("n").GetInt32(), sql.GetProperty("converted").GetInt32()).ShouldBe((20, 10));
    }
}
