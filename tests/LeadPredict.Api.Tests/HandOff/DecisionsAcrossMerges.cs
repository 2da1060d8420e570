using LeadPredict.Api.HandOff;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Merges;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Api.Tests.HandOff;

/// <summary>A lead has fewer moves when a merge is undone: its decisions must not take each other's names.</summary>
public sealed class DecisionsAcrossMerges : IDisposable
{
    private static readonly HandOffOrder Recycle = new("ka", new(HandOffAction.Recycle, "not_ready"));
    private static readonly HandOffOrder Reopen = new("ka", new(HandOffAction.Reopen));

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Day.At(20));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Decision_AfterAMergeIsUndone_IsTakenAgain() => DecideAcrossAMergeAsync("sqlite:" + _folder["h.db"]);

    [PostgresFact]
    public async Task Decision_AfterAMergeIsUndoneInPostgres_IsTakenAgain()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        await DecideAcrossAMergeAsync(await cluster.CreateDatabaseAsync());
    }

    [Fact]
    public async Task Decision_OfALeadWhosePlannedEndGaveWay_IsTaken()
    {
        await using IHistoryStore store = await OpenAsync("sqlite:" + _folder["h.db"]);
        StageTransition Move(string id, int day) => new() { Id = id, LeadId = "ka", To = Stage.Lost, OccurredAt = Day.At(day), RecordedAt = Day.At(day) };
        Outcome End(string id, int day) => new() { Id = id, LeadId = "ka", Won = false, OccurredAt = Day.At(day), RecordedAt = Day.At(day) };
        await store.AppendAsync(new HistoryBatch
        {
            Transitions = [Move("d" + PlannedEnds.Suffix, 11), Move("d", 12)],
            Outcomes = [End("d" + PlannedEnds.Suffix, 11), End("d", 12)],
        });

        await DecideAsync(store, Reopen);

        (await MovesAsync(store)).ShouldBe([Stage.MarketingQualified, Stage.Lost, Stage.MarketingQualified]);
    }

    [Fact]
    public async Task Decision_TakenSixteenTimesAtOnce_StandsOnce()
    {
        await using IHistoryStore store = await OpenAsync("sqlite:" + _folder["h.db"]);
        var desk = new HandOffDesk(store, _clock);

        bool[] stood = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await desk.DecideAsync(Recycle) is not null;
            }
            catch (HandOffRefusedException)
            {
                return false;
            }
        })));

        stood.Count(yes => yes).ShouldBe(1);
        (await MovesAsync(store)).ShouldBe([Stage.MarketingQualified, Stage.Recycled]);
    }

    private async Task DecideAcrossAMergeAsync(string address)
    {
        await using IHistoryStore store = await OpenAsync(address);
        Merge merge = (await MergeStores.Of(store).MergeAsync([new(MergeKind.Lead, "ka", "mb", "one address")], _clock.GetUtcNow())).ShouldHaveSingleItem();
        HandOffDone[] taken = [await DecideAsync(store, Recycle)];
        (await MergeStores.Of(store).UndoAsync(merge.Id, _clock.GetUtcNow())).ShouldBeTrue();
        foreach (HandOffOrder order in new[] { Reopen, Recycle, Reopen, Recycle })
        {
            taken = [.. taken, await DecideAsync(store, order)];
        }

        taken.Select(done => done.Id).Distinct().Count().ShouldBe(taken.Length);
        (await MovesAsync(store)).ShouldBe([Stage.MarketingQualified, .. taken.Select(done => done.To)]);
    }

    private static async Task<IHistoryStore> OpenAsync(string address)
    {
        IHistoryStore store = await HistoryStores.OpenAsync(address, create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("ka").Enters(Stage.MarketingQualified, 10).BuildAlone(),
            new LeadBuilder("mb").Enters(Stage.MarketingQualified, 5).Enters(Stage.SalesAccepted, 7).BuildAlone()));
        return store;
    }

    private async Task<HandOffDone> DecideAsync(IHistoryStore store, HandOffOrder order)
    {
        _clock.Advance(TimeSpan.FromHours(1));
        return (await new HandOffDesk(store, _clock).DecideAsync(order)).ShouldNotBeNull();
    }

    private static async Task<IEnumerable<Stage>> MovesAsync(IHistoryStore store) =>
        (await store.FindAccountOfLeadAsync("ka"))!.Find("ka")!.Transitions.Select(move => move.To);
}
