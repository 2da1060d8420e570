using System.Text.Json;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Rules;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Scorecards;

/// <summary>A card of at most 12 rules with small whole points, learned without the later leads, is nearly as good on them as the model (docs/scorecard.md).</summary>
public sealed class LearnedCardTests : IDisposable
{
    private const double Most = 1.05;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-learned-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Store => "sqlite:" + At("history.db");

    [Fact]
    public async Task Learn_OnASimulatedHistory_IsNearlyAsGoodAsTheModel()
    {
        await RunAsync("simulate", "--out", At("market"), "--leads", "5000", "--seed", "11");
        await RunAsync("import", At("market"), "--store", Store);
        (JsonElement metrics, JsonElement card) = await CompareAsync();
        foreach (string question in new[] { "sql", "close" })
        {
            Ratio(metrics, card, question).ShouldBeLessThanOrEqualTo(Most, question);
        }
    }

    /// <summary>The conditions are one for each origin and each common landing page, without points: nobody's judgement is in them.</summary>
    [RealDataFact]
    public async Task Learn_OnARealFunnelFromPlainConditions_IsNearlyAsGoodAsTheModel()
    {
        await RunAsync("import", SharedFiles.Real("raw"), "--recipe", SharedFiles.Repository("tests", "recipes", "olist.yaml"), "--store", Store);
        (JsonElement metrics, JsonElement card) = await CompareAsync(
            SharedFiles.Repository("tests", "scorecards", "olist-plain.yaml"), "--drop", "behaviourProfile,businessSegment,businessType,leadType");
        Ratio(metrics, card, "close").ShouldBeLessThanOrEqualTo(Most);
    }

    [Fact]
    public async Task Learn_FromTooFewLeads_IsRefused()
    {
        await RunAsync("simulate", "--out", At("market"), "--leads", "300", "--seed", "11");
        await RunAsync("import", At("market"), "--store", Store);
        ConsoleRun run = await ConsoleRun.Of("scorecard", "learn", "--store", Store);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Too few decided leads to learn a card from");
        run.Out.ShouldBeEmpty();
    }

    private static double Ratio(JsonElement metrics, JsonElement card, string question) =>
        card.GetProperty(question).GetProperty("logLoss").GetDouble() / metrics.GetProperty(question).GetProperty("logLoss").GetDouble();

    private async Task<(JsonElement Metrics, JsonElement Card)> CompareAsync(string? conditions = null, params string[] options)
    {
        string learned = At("learned.yaml");
        ConsoleRun learn = await RunAsync(["scorecard", "learn", "--store", Store, "--out", learned, "--json", .. conditions is null ? Array.Empty<string>() : ["--scorecard", conditions]]);
        ScorecardRule[] rules = [.. ScorecardDefinition.Load(learned).Groups.SelectMany(group => group.Rules).Where(rule => rule.Points != 0)];
        rules.Length.ShouldBeInRange(2, 12);
        rules.ShouldAllBe(rule => rule.Points == Math.Round(rule.Points) && Math.Abs(rule.Points) <= 20);

        JsonElement trained = (await RunAsync(["train", "--store", Store, "--models", At("models"), "--name", "leads", "--scorecard", learned, "--json", .. options])).Json;
        trained.GetProperty("testFrom").GetDateTimeOffset().ShouldBe(learn.Json.GetProperty("testFrom").GetDateTimeOffset(), "the card must not have seen the leads it is judged on");
        return (trained.GetProperty("metrics"), trained.GetProperty("scorecard"));
    }

    private static async Task<ConsoleRun> RunAsync(params string[] arguments)
    {
        ConsoleRun run = await ConsoleRun.Of(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
