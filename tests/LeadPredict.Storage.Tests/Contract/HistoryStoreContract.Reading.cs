using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Spool;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

// What readers see, and in which order.
public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task ReadAccounts_WrittenInAnyOrder_ComeByGroupKeyWithTheirLeadsById()
    {
        string[] ids = ["z", "B", "a", "é", "Z2"];
        foreach (string id in ids)
        {
            await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder(id).BuildAlone()));
        }

        await Store.AppendAsync(HistoryBatch.Of(
            new HistoryBuilder("two").With("n", 1, lead => lead.Touched("call", 2)).With("m", 1).Build(),
            new HistoryBuilder("one").With("q", 1).Build()));

        List<AccountHistory> read = await ReadAllAsync();

        read.Select(account => account.GroupKey).ShouldBe(
            ["account:one", "account:two", "lead:B", "lead:Z2", "lead:a", "lead:z", "lead:é"]);
        read[1].Leads.Select(lead => (lead.Lead.Id, lead.Touches.Count)).ShouldBe([("m", 0), ("n", 1)]);
    }

    [ContractFact]
    public async Task ReadAccounts_ManyAccounts_KeepEachLeadsRowsApart()
    {
        AccountHistory[] written = [.. Enumerable.Range(0, 120).Select(i => new HistoryBuilder($"acc{i:D3}")
            .With($"l{i}a", i, lead => Fill(lead, i)).With($"l{i}b", i).With($"l{i}c", i, lead => Fill(lead, i + 1)).Build())];
        foreach (AccountHistory[] part in written.Reverse().Chunk(7))
        {
            await Store.AppendAsync(HistoryBatch.Of(part));
        }

        List<AccountHistory> read = await ReadAllAsync();

        read.Count.ShouldBe(written.Length);
        for (int i = 0; i < read.Count; i++)
        {
            ShouldBeSame(read[i], written[i]);
        }

        static void Fill(LeadBuilder lead, int seed)
        {
            for (int k = 0; k < seed % 5; k++)
            {
                lead.Touched("page_view", seed + k).Has("a" + k, k, seed).Enters((Stage)(k + 1), seed + k);
            }
        }
    }

    [ContractFact]
    public async Task ReadAccounts_TouchesOfOneInstant_ComeByIdentifierHoweverTheyCameIn()
    {
        string[] ids = ["t\U0001F600", "t\uFF01", "tb", "ta", "B", "tc"];
        LeadHistory lead = new LeadBuilder("lead").BuildAlone().Leads[0];
        Touch[] touches = [.. ids.Select((id, i) => new Touch
        {
            Id = id, LeadId = "lead", Type = $"type_{i}", OccurredAt = Day.At(3), RecordedAt = Day.At(id == "tc" ? 5 : 4),
        })];
        await Store.AppendAsync(new() { Leads = [lead.Lead], Touches = [.. touches, .. new LeadBuilder("lead").Touched("call", 1).Build().Touches] });

        LeadHistory read = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0];

        read.Touches.Select(touch => touch.Id).ShouldBe([$"lead/t1", .. ids[..5].Order(StringComparer.Ordinal), "tc"]);
    }

    [ContractFact]
    public async Task ReadAccounts_AccountOfWhichNothingIsKnown_GroupsItsLeadsAllTheSame()
    {
        await Store.AppendAsync(new()
        {
            Leads = [new LeadBuilder("a", account: "ghost").Build().Lead, new LeadBuilder("b", account: "ghost").Build().Lead],
        });

        AccountHistory read = (await ReadAllAsync()).ShouldHaveSingleItem();
        read.Account.ShouldBeNull();
        read.Leads.Count.ShouldBe(2);
    }

    [ContractFact]
    public async Task ReadAccounts_WhileAnotherWrites_SeesTheStoreAsItWasAtTheStart()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").BuildAlone(), new LeadBuilder("c").Touched("call", 1).BuildAlone()));

        var seen = new List<AccountHistory>();
        await foreach (AccountHistory account in Store.ReadAccountsAsync())
        {
            seen.Add(account);
            LeadHistory late = new LeadBuilder("c").Touched("call", 1).Touched("meeting", 2).Build();
            await Store.AppendAsync(new() { Leads = [new LeadBuilder("b").Build().Lead], Touches = late.Touches });
        }

        seen.Select(account => account.Leads[0].Lead.Id).ShouldBe(["a", "c"]);
        seen[1].Leads[0].Touches.Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task ReadLeadIds_ComeInTheOrderOfTheirAccounts()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").BuildAlone(), new HistoryBuilder("x").With("z", 1).With("y", 1).Build()));

        var ids = new List<string>();
        await foreach (string id in Store.ReadLeadIdsAsync())
        {
            ids.Add(id);
        }

        ids.ShouldBe(["y", "z", "a"]);
    }

    [ContractFact]
    public async Task FindAccountOfLead_LeadOfAnAccount_BringsItsColleagues()
    {
        AccountHistory account = FullAccount();
        await Store.AppendAsync(HistoryBatch.Of(account, new LeadBuilder("alone").BuildAlone()));

        AccountHistory? found = await Store.FindAccountOfLeadAsync(account.Leads[1].Lead.Id);

        ShouldBeSame(found!, account);
    }

    [ContractFact]
    public async Task FindAccountOfLead_UnknownLead_IsNull() =>
        (await Store.FindAccountOfLeadAsync("nobody")).ShouldBeNull();

    [ContractFact]
    public async Task Summarize_EmptyStore_HasNoInstants()
    {
        (await Store.SummarizeAsync()).ShouldBe(new HistorySummary());
        (await Store.FindLastRecordedAsync(DateTimeOffset.MaxValue)).ShouldBeNull();
    }

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

    [ContractFact]
    public async Task Summarize_History_CountsAndSpans()
    {
        await Store.AppendAsync(HistoryBatch.Of(FullAccount()));

        (await Store.SummarizeAsync()).ShouldBe(new HistorySummary
        {
            Accounts = 1,
            Leads = 2,
            Touches = 2,
            Attributes = 4,
            Transitions = 2,
            Outcomes = 1,
            FirstOccurredAt = Day.At(1),
            LastOccurredAt = Day.At(40),
            LastRecordedAt = Day.At(45.5),
        });
    }

    [ContractFact]
    public async Task ReadAccounts_ALeadWithThousandsOfTouches_IsReadWhole()
    {
        LeadBuilder busy = new("busy");
        for (int i = 0; i < 4500; i++)
        {
            busy.Touched("page_view", i / 100.0);
        }

        AccountHistory[] written = [busy.BuildAlone(), new LeadBuilder("later").Touched("call", 1).BuildAlone()];
        await Store.AppendAsync(HistoryBatch.Of(written));

        (await ReadAllAsync()).Select(account => account.Leads[0].Touches.Count).ShouldBe([4500, 1]);
    }
}
