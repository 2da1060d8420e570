using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Boards;

/// <summary>A look that takes long is served on while the next is taken, but not for ever: who asks once a day should not be told of the day before.</summary>
public sealed class OldLooks
{
    [Theory]
    [InlineData("/v1/funnel", "observedUntil", 50, true)]
    [InlineData("/v1/funnel", "observedUntil", 90, false)]
    [InlineData("/v1/funnel", "observedUntil", 60 * 24 * 30, false)]
    [InlineData("/v1/funnel", "observedUntil", -5, false)]
    [InlineData("/v1/leads", "asOf", 50, true)]
    [InlineData("/v1/leads", "asOf", 90, false)]
    [InlineData("/v1/leads", "asOf", 60 * 24 * 30, false)]
    [InlineData("/v1/leads", "asOf", -5, false)]
    public async Task Look_AskedForLater_IsServedForAnHourAndThenWaitedFor(string path, string end, int minutes, bool isServed)
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("first", 1).Enters(Stage.MarketingQualified, 10).BuildAlone()));
        var time = new SlowLooks();
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Time = time });
        DateTimeOffset before = await EndAsync();
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("second", 1).Enters(Stage.MarketingQualified, 20).BuildAlone()));
        time.Later = TimeSpan.FromMinutes(minutes);

        DateTimeOffset after = await EndAsync();

        (after == before).ShouldBe(isServed, $"{before:O} and then {after:O}");

        async Task<DateTimeOffset> EndAsync() => (await api.GetAsync(path)).Body.GetProperty(end).GetDateTimeOffset();
    }

    [Theory]
    [InlineData("/funnel", "1 lead")]
    [InlineData("/calls", "Of 1 open lead")]
    public async Task Page_OfALookThatIsTooOld_ShowsNoneOfIt(string path, string old)
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("first", 1).Enters(Stage.MarketingQualified, 10).BuildAlone()));
        var time = new SlowLooks();
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Time = time });
        await api.GetAsync("/v1/funnel");
        await api.GetAsync("/v1/leads");
        (await api.Client.GetStringAsync(new Uri(path, UriKind.Relative))).ShouldContain(old);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("second", 1).Enters(Stage.MarketingQualified, 20).BuildAlone()));
        time.Later = TimeSpan.FromDays(30);

        (await api.Client.GetStringAsync(new Uri(path, UriKind.Relative))).ShouldNotContain(old);
    }
}
