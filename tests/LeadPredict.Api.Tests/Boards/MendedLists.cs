using LeadPredict.Api.Boards;
using LeadPredict.Api.Rescoring;
using LeadPredict.Api.Tests.Events;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Boards;
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

    [Theory]
    [InlineData(true, Teller.Itself)]
    [InlineData(false, Teller.Itself)]
    [InlineData(true, Teller.AnotherService)]
    [InlineData(false, Teller.AnotherService)]
    [InlineData(true, Teller.Nobody)]
    public async Task Decision_WhileANewListIsMade_IsInThatToo(bool objects, Teller teller)
    {
        await using ApiHost api = await StartAsync(new SlowLooks()), other = await StartAsync(new SlowLooks());
        var passes = new LookedAtPasses();
        using var keeper = ActivatorUtilities.CreateInstance<CallKeeper>(api.Services, api.Services.GetRequiredService<LeadPredictApiOptions>() with { Time = passes });
        await keeper.GetAsync(CancellationToken.None);
        IBoardStore store = BoardStores.Of(History);
        DateTimeOffset first = (await store.FindAsync("calls"))!.MadeAt;
        LeadBuilder decided = objects ? new LeadBuilder("y").Has(ProfilingObjection.Attribute, true, 11)
            : new LeadBuilder("y").Enters(Stage.MarketingQualified, 10).Enters(Stage.Recycled, 11);
        passes.BeforeItIsKept = () => Task.Run(async () =>
        {
            await History.AppendAsync(new() { Attributes = decided.Build().Attributes, Transitions = decided.Build().Transitions });
            await (teller switch
            {
                Teller.Itself => keeper.DecidedAsync(["y"]),
                Teller.AnotherService => other.Services.GetRequiredService<CallKeeper>().DecidedAsync(["y"]),
                _ => Task.CompletedTask,
            });
            (await RowsAsync(keeper)).ShouldBe(["x"]);
        }).GetAwaiter().GetResult();

        keeper.Invalidate();
        await keeper.GetAsync(CancellationToken.None);
        await EventsOut.WaitForAsync(async () => (await store.FindAsync("calls"))!.MadeAt != first);

        (await RowsAsync(keeper)).ShouldBe(["x"]);
    }

    private Task<ApiHost> StartAsync(TimeProvider time) => ApiHost.StartAsync(
        History, change: options => options with { Operations = Operations, RescoreEvery = TimeSpan.Zero, Time = time });

    private static async Task<string[]> ListedAsync(ApiHost api) =>
        [.. (await api.GetAsync("/v1/leads")).Body.GetProperty("leads").EnumerateArray().Select(row => row.GetProperty("leadId").GetString()!).Order()];

    private static async Task<string[]> RowsAsync(CallKeeper keeper) =>
        [.. (await keeper.List.ReadAsync(new(), CallOrder.Worth, 0, 10, CancellationToken.None)).Select(row => row.LeadId).Order()];

    /// <summary>Who is told of a decision: the service that makes the list, another one, or none, as by an import.</summary>
    public enum Teller
    {
        Itself,
        AnotherService,
        Nobody,
    }

    /// <summary>Whatever is measured by it takes seconds; lets something happen between the making of a list, which is measured, and its keeping.</summary>
    private sealed class LookedAtPasses : TimeProvider
    {
        private Action? _beforeItIsKept;
        private int _asked, _measured, _begun;

        /// <summary>Happens once, with the next list.</summary>
        public Action BeforeItIsKept
        {
            set => (_beforeItIsKept, _begun) = (value, _measured);
        }

        public override long TimestampFrequency => 1;

        public override DateTimeOffset GetUtcNow() => ApiHost.Clock.GetUtcNow().AddSeconds(Interlocked.Increment(ref _asked));

        public override long GetTimestamp()
        {
            if (++_measured == _begun + 2)
            {
                _beforeItIsKept?.Invoke();
            }

            return _measured;
        }
    }
}
