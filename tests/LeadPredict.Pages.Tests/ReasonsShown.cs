using LeadPredict.Api.Pages.FunnelView;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>What somebody typed once, such as a name, is nobody else's business.</summary>
public sealed class ReasonsShown
{
    private static readonly HandOffTimeline Definitions = new([HandOffFile.Default]);

    [Fact]
    public void Reasons_OfOtherSystems_AreShownFromFiveTimesOn() =>
        Shown(("ask jane.doe@example.com", 1), ("budget", ShownReasons.FewestTimes), ("timing", ShownReasons.FewestTimes - 1))
            .ShouldBe([("budget", 5), ("(all others)", 5)]);

    [Fact]
    public void Reasons_OfTheDefinitionsAndNone_AreShownHoweverRare() =>
        Shown(("no_budget", 1), ("", 1), ("rare", 1)).Select(reason => reason.Count).ShouldBe([1, 1, 1]);

    [Fact]
    public void Reasons_MoreThanAreRead_AreOneRowAndStillAddUp()
    {
        (string Text, int Count)[] shown = Shown([.. Enumerable.Range(0, 60).Select(i => ($"reason {i:00}", 100 - i))]);
        shown.Length.ShouldBe(ShownReasons.MostReasons + 1);
        shown[^1].ShouldBe(("(all others)", Enumerable.Range(ShownReasons.MostReasons, 60 - ShownReasons.MostReasons).Sum(i => 100 - i)));
    }

    [Fact]
    public async Task PageAndReport_OfAReasonThatNamesSomebody_DoNotTellIt()
    {
        using var folder = new TemporaryFolder();
        string connection = $"sqlite:{folder["h.db"]}";
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a", 1).Enters(Stage.MarketingQualified, 2).Enters(Stage.Recycled, 3, reason: "ask jane.doe@example.com").BuildAlone(),
            new LeadBuilder("b", 1).Enters(Stage.MarketingQualified, 2).Enters(Stage.Recycled, 3, reason: "no_budget").BuildAlone()));
        (int code, string text) = await SampleService.RunAsync("report", "--store", connection, "--models", folder["models"], "--out", folder["report.html"]);
        code.ShouldBe(0, text);
        await using PageHost host = await PageHost.StartAsync(new() { Models = folder["models"], Store = store });

        foreach (string html in new[] { await File.ReadAllTextAsync(folder["report.html"]), await host.ReadAsync("/funnel") })
        {
            html.ShouldContain("Why sales says yes and no");
            html.ShouldContain("(all others)");
            html.ShouldNotContain("jane.doe");
        }
    }

    private static (string Text, int Count)[] Shown(params (string Reason, int Count)[] given) =>
        [.. ShownReasons.Of(given.Select(one => new ReasonCount("reject", one.Reason, one.Reason, one.Count, 0)), Definitions).Select(reason => (reason.Text, reason.Count))];
}
