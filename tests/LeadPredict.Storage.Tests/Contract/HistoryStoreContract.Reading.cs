using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Merges;
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

    [ContractFact]
    public async Task FindLeads_OfSomeIdentifiers_AreThoseThatLeadsHave()
    {
        await Store.AppendAsync(new() { Delivered = true, Leads = [.. new[] { "a", "b\"'", "c" }.Select(id => new LeadBuilder(id).Build().Lead)], Aliases = [new("other", "a")] });
        await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, "a", "c", ""), Day.At(1));

        (await Store.FindLeadsAsync(["a", "b\"'", "c", "other", "A", ""])).Order().ShouldBe(["a", "b\"'", "c"]);
        (await Store.FindLeadsAsync([])).ShouldBeEmpty();
    }
}
