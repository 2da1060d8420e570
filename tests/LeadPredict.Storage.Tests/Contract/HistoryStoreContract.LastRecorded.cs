using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Spool;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

// Until when a history is observed.
public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task LastRecorded_RowsThatLieAhead_DoNotCount()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("now", 1).Touched("call", 2).Touched("meeting", 40).Enters(Stage.Won, 4000).BuildAlone(), new LeadBuilder("ahead", 30).BuildAlone()));

        foreach ((double now, double? last) in new (double, double?)[] { (0, null), (1, 1), (3, 2), (39.9, 30), (40, 40), (5000, 4000) })
        {
            DateTimeOffset? expected = last is { } day ? Day.At(day) : null;
            (await Store.FindLastRecordedAsync(Day.At(now))).ShouldBe(expected);
            using HistorySpool spool = await Store.SpoolAsync(Day.At(now));
            spool.LastRecordedAt.ShouldBe(expected);
        }
    }

    /// <summary>One that follows what was delivered within a week is part of it; a later one has nobody watch the other leads.</summary>
    [ContractFact]
    public async Task LastRecorded_OfDecisions_CountsForAWeekAfterWhatWasDelivered()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("soon", 1).BuildAlone(), new LeadBuilder("late", 2).BuildAlone()));
        await DecideAsync("soon", 8);
        await DecideAsync("late", 500);
        await ShouldBeAsync(8);

        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("new", 495).BuildAlone()));
        await ShouldBeAsync(500);

        async Task DecideAsync(string lead, double day)
        {
            StageTransition move = new() { Id = "by-" + lead, LeadId = lead, To = Stage.Lost, OccurredAt = Day.At(day), RecordedAt = Day.At(day) };
            Outcome end = new() { Id = move.Id, LeadId = lead, Won = false, OccurredAt = move.OccurredAt, RecordedAt = move.RecordedAt };
            (await HandOffStores.Of(Store).DecideAsync(new(move, end, new(move.Id, "lost", 1, null)), 0)).ShouldBeTrue();
        }

        async Task ShouldBeAsync(double day)
        {
            (await Store.FindLastRecordedAsync(Day.At(501))).ShouldBe(Day.At(day));
            using HistorySpool spool = await Store.SpoolAsync(Day.At(501));
            spool.LastRecordedAt.ShouldBe(Day.At(day));
        }
    }

    /// <summary>Who objects in a history that ended long ago watches no lead.</summary>
    [ContractFact]
    public async Task LastRecorded_OfAnObjection_DoesNotCount()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("objects", 1).BuildAlone()));
        await Store.AppendAsync(new()
        {
            Attributes = [new() { LeadId = "objects", Name = ProfilingObjection.Attribute, Value = AttributeValue.Of(true), OccurredAt = Day.At(500), RecordedAt = Day.At(500) }],
        });

        (await Store.FindLastRecordedAsync(Day.At(501))).ShouldBe(Day.At(1));
        using HistorySpool spool = await Store.SpoolAsync(Day.At(501));
        spool.LastRecordedAt.ShouldBe(Day.At(1));
    }

    [ContractFact]
    public async Task LastRecorded_InWhicheverTableItIs_IsThatOfTheSummary()
    {
        LeadHistory lead = new LeadBuilder("last", 1).Build();
        await ShouldBeAsync(new() { Leads = [lead.Lead] }, Day.At(1));
        await ShouldBeAsync(new() { Touches = [new() { Id = "t", LeadId = "last", Type = "call", OccurredAt = Day.At(2), RecordedAt = Day.At(3) }] }, Day.At(3));
        await ShouldBeAsync(new() { Transitions = [new() { Id = "m", LeadId = "last", To = Stage.MarketingQualified, OccurredAt = Day.At(2), RecordedAt = Day.At(4) }] }, Day.At(4));
        await ShouldBeAsync(new() { Outcomes = [new() { Id = "o", LeadId = "last", Won = false, OccurredAt = Day.At(2), RecordedAt = Day.At(5) }] }, Day.At(5));
        await ShouldBeAsync(new() { Attributes = [new() { LeadId = "last", Name = "n", Value = AttributeValue.Of(1), OccurredAt = Day.At(2), RecordedAt = Day.At(6) }] }, Day.At(6));
        await ShouldBeAsync(new() { Accounts = [new() { Id = "a", CreatedAt = Day.At(2), RecordedAt = Day.At(7) }] }, Day.At(7));

        async Task ShouldBeAsync(HistoryBatch batch, DateTimeOffset last)
        {
            await Store.AppendAsync(batch);
            (await Store.FindLastRecordedAsync(DateTimeOffset.MaxValue)).ShouldBe(last);
            (await Store.SummarizeAsync()).LastRecordedAt.ShouldBe(last);
        }
    }
}
