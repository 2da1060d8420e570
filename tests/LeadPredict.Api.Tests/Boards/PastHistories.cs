using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
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

    private static async Task<IHistoryStore> FilledAsync(TemporaryFolder folder)
    {
        IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("old", 1).Has("employees", 50).Enters(Stage.MarketingQualified, 90).BuildAlone(),
            new LeadBuilder("last", 100).BuildAlone()));
        return store;
    }

    private static async Task<ApiHost> ServeAsync(IHistoryStore store)
    {
        ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Time = new FakeTimeProvider(Now) });
        await api.GetAsync("/v1/leads");
        return api;
    }
}
