using System.Text.Json;
using LeadPredict.Api.Tests.Boards;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Merges;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.HandOff;

/// <summary>A list that takes long is served on while the next is made; what is decided meanwhile is to be seen in it at once.</summary>
public sealed class DecisionsWhileAListIsMade
{
    [Theory]
    [InlineData("mql")]
    [InlineData("the-same-person")]
    public async Task Decision_ByWhicheverNameOfTheLead_IsInTheListThatIsServedOn(string name)
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("mql", 1).Enters(Stage.MarketingQualified, 10).BuildAlone(), new LeadBuilder("the-same-person", 2).BuildAlone()));
        await MergeStores.Of(store).MergeAsync([new(MergeKind.Lead, "mql", "the-same-person", "one address")], Day.At(20));
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Time = new SlowLooks() });
        (await ShownAsync(api)).GetProperty("stage").GetString().ShouldBe("MarketingQualified");

        (int status, JsonElement done, _) = await api.PostAsync($"/v1/leads/{name}/accept", """{"reason":"fits_profile"}""");

        status.ShouldBe(200, done.GetRawText());
        done.GetProperty("leadId").GetString().ShouldBe("mql");
        (await ShownAsync(api)).GetProperty("stage").GetString().ShouldBe("SalesAccepted");
    }

    private static async Task<JsonElement> ShownAsync(ApiHost api) => (await api.GetAsync("/v1/leads")).Body.GetProperty("leads")[0];
}
