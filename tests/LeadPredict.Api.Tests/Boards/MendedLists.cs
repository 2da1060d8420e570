using LeadPredict.Api.Rescoring;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LeadPredict.Api.Tests.Boards;

/// <summary>What is decided about a lead, or by the person, is to be seen in the call list at once, whichever way it comes and whoever made the list.</summary>
public sealed class MendedLists : StoredLeads
{
    private protected override async Task BeginAsync() => await History.AppendAsync(HistoryBatch.Of(
        new LeadBuilder("x", 1).Enters(Stage.MarketingQualified, 20).BuildAlone(), new LeadBuilder("y", 1).Enters(Stage.MarketingQualified, 10).BuildAlone()));

    [Fact]
    public async Task Decision_WhoseRowCannotBeMended_IsAnsweredAndScored()
    {
        await using ApiHost api = await StartAsync(new SlowLooks());
        (await ListedAsync(api)).ShouldBe(["x", "y"]);
        await using (var connection = new SqliteConnection("Data Source=" + Operations.File))
        {
            connection.Open();
            await using SqliteCommand refuse = connection.CreateCommand();
            refuse.CommandText = "CREATE TRIGGER refuse BEFORE DELETE ON call_list BEGIN SELECT RAISE(ABORT, 'refused'); END";
            refuse.ExecuteNonQuery();
        }

        (await api.PostAsync("/v1/leads/y/reject", """{"reason":"not_ready"}""")).Status.ShouldBe(200);

        api.Services.GetRequiredService<ChangedLeads>().Take().ShouldBe(["y"]);
        api.Log.Lines.ShouldContain(line => line.Contains("could not be mended", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/leads/y/reject", """{"reason":"not_ready"}""")]
    [InlineData("/v1/leads/y/objection", "")]
    [InlineData("/v1/leads", """{"id":"y","createdAt":"2025-05-01","attributes":{"profilingObjection":true}}""")]
    public async Task Decision_TakenByAnotherServiceOnTheStore_IsInTheListOfBoth(string path, string body)
    {
        await using ApiHost one = await StartAsync(new QuickLooks()), other = await StartAsync(new QuickLooks());
        (await ListedAsync(one)).ShouldBe(["x", "y"]);
        (await ListedAsync(other)).ShouldBe(["x", "y"]);

        (await one.PostAsync(path, body)).Status.ShouldBe(200);

        (await ListedAsync(other)).ShouldBe(["x"]);
        (await ListedAsync(one)).ShouldBe(["x"]);
    }

    [Fact]
    public async Task Objection_ThatIsDelivered_DropsTheLeadFromTheListThatIsServedOn()
    {
        await using ApiHost api = await StartAsync(new SlowLooks());
        (await ListedAsync(api)).ShouldBe(["x", "y"]);

        (await api.PostAsync("/v1/leads", """{"id":"y","createdAt":"2025-05-01","attributes":{"profilingObjection":"yes"}}""")).Status.ShouldBe(200);

        (await ListedAsync(api)).ShouldBe(["x"]);
    }

    private Task<ApiHost> StartAsync(TimeProvider time) => ApiHost.StartAsync(
        History, change: options => options with { Operations = Operations, RescoreEvery = TimeSpan.Zero, Time = time });

    private static async Task<string[]> ListedAsync(ApiHost api) =>
        [.. (await api.GetAsync("/v1/leads")).Body.GetProperty("leads").EnumerateArray().Select(row => row.GetProperty("leadId").GetString()!).Order()];
}
