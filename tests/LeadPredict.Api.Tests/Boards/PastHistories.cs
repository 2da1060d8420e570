using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Storage;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Merges;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Boards;

/// <summary>Histories that ended long before now, as samples and first exports do.</summary>
public sealed class PastHistories
{
    private static readonly DateTimeOffset Now = Day.At(1000);

    [Fact]
    public async Task Page_OfALeadThatCameSince_ShowsItAsOfNow()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await FilledAsync(folder);
        await using ApiHost api = await ServeAsync(store);

        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("new", 999.9).Has("employees", 50).BuildAlone()));

        string page = await api.Client.GetStringAsync(new Uri("/lead?id=new", UriKind.Relative));
        page.ShouldContain($"as of {Now:yyyy-MM-dd}");
        (await api.Client.GetStringAsync(new Uri("/lead?id=old", UriKind.Relative))).ShouldContain($"as of {Day.At(100):yyyy-MM-dd}");
    }

    [Fact]
    public async Task List_OfALeadWhoseNextMoveIsPlanned_ShowsItAsOfTheEndLikeAnyOther()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await FilledAsync(folder);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("planned", 1).Has("employees", 50).Enters(Stage.MarketingQualified, 90).Enters(Stage.Recycled, 1500, recorded: 91).BuildAlone()));
        await using ApiHost api = await ServeAsync(store);

        (int status, JsonElement list) = await api.GetAsync("/v1/leads");

        status.ShouldBe(200, list.GetRawText());
        double[] chances = [.. list.GetProperty("leads").EnumerateArray().Select(row => row.GetProperty("probability").GetProperty("value").GetDouble())];
        chances.Length.ShouldBe(2);
        chances[0].ShouldBe(chances[1], list.GetRawText());
        (await api.Client.GetStringAsync(new Uri("/lead?id=planned", UriKind.Relative))).ShouldContain($"as of {Day.At(100):yyyy-MM-dd}");
    }

    /// <summary>Whatever the list is as of, who decides decides now.</summary>
    [Fact]
    public async Task List_AfterOtherReasonsWereAdopted_OffersThose()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await FilledAsync(folder);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("mql", 1).Enters(Stage.MarketingQualified, 90).BuildAlone()));
        string yaml = HandOffFile.DefaultYaml.Replace("version: 0", "version: 1", StringComparison.Ordinal)
            .Replace("Right company, right role", "Somebody whom we want", StringComparison.Ordinal);
        await HandOffStores.Of(store).AdoptAsync(new(1, yaml, Day.At(999), "ann"));
        await using ApiHost api = await ServeAsync(store);

        foreach (string path in new[] { "/calls", "/lead?id=mql" })
        {
            string page = await api.Client.GetStringAsync(new Uri(path, UriKind.Relative));
            page.ShouldContain("Somebody whom we want", Case.Sensitive, path);
            page.ShouldNotContain("Right company, right role", Case.Sensitive, path);
        }
    }

    /// <summary>A lead that was decided since stands as it does now, and so does its first call; one that was not is as of the end.</summary>
    [Fact]
    public async Task List_OfAFirstCallThatWasDueSinceTheEnd_SaysThatItWasAndCountsIt()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await FilledAsync(folder);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("again", 1).Enters(Stage.MarketingQualified, 2).Enters(Stage.Recycled, 3).BuildAlone(),
            new LeadBuilder("late", 1).Enters(Stage.MarketingQualified, 99.5).BuildAlone()));
        string yaml = HandOffFile.DefaultYaml.Replace("version: 0", "version: 1", StringComparison.Ordinal) + "\nserviceLevels:\n  firstCallHours: 24\n";
        await HandOffStores.Of(store).AdoptAsync(new(1, yaml, Day.At(99), "ann"));
        await using (ApiHost before = await ServeAsync(store, Day.At(998)))
        {
            (await before.PostAsync("/v1/leads/again/reopen", "{}")).Status.ShouldBe(200);
        }

        foreach ((double day, string word) in new[] { (998.5, "due"), (1000, "was due") })
        {
            await using ApiHost api = await ServeAsync(store, Day.At(day));
            string page = await api.Client.GetStringAsync(new Uri("/calls", UriKind.Relative));

            page.ShouldContain($"first call {word} {Day.At(999):yyyy-MM-dd HH:mm}");
            page.ShouldContain($"first call due {Day.At(100.5):yyyy-MM-dd HH:mm}");
            page.Contains("1 first call is overdue.", StringComparison.Ordinal).ShouldBe(word == "was due");
        }
    }

    [Fact]
    public async Task Page_OfALeadByTheNameOfOneThatWasMerged_TellsItsNotesToo()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await FilledAsync(folder);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("kept", 1).Enters(Stage.MarketingQualified, 90).BuildAlone(), new LeadBuilder("merged", 1).BuildAlone()));
        await MergeStores.Of(store).MergeAsync([new(MergeKind.Lead, "kept", "merged", "one address")], Day.At(95));
        await using (ApiHost before = await ServeAsync(store, Day.At(999)))
        {
            (await before.PostAsync("/v1/leads/kept/accept", """{"reason":"fits_profile","note":"spoke to her"}""")).Status.ShouldBe(200);
        }

        await using ApiHost api = await ServeAsync(store);

        foreach (string name in new[] { "kept", "merged" })
        {
            (await api.Client.GetStringAsync(new Uri("/lead?id=" + name, UriKind.Relative))).ShouldContain("spoke to her", Case.Sensitive, name);
        }
    }

    private static async Task<IHistoryStore> FilledAsync(TemporaryFolder folder)
    {
        IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("old", 1).Has("employees", 50).Enters(Stage.MarketingQualified, 90).BuildAlone(),
            new LeadBuilder("last", 100).BuildAlone()));
        return store;
    }

    private static async Task<ApiHost> ServeAsync(IHistoryStore store, DateTimeOffset? now = null)
    {
        ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Time = new FakeTimeProvider(now ?? Now) });
        await api.GetAsync("/v1/leads");
        return api;
    }
}
