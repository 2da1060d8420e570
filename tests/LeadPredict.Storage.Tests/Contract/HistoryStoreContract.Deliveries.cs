using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>What comes in any order, more than once, and under several names.</summary>
public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task Delivered_RowsBeforeTheirLead_WaitForIt()
    {
        LeadHistory bob = new LeadBuilder("bob").Has("title", "VP").Touched("call", 1, 2, ("page", "pricing")).Enters(Stage.Won, 3, 4, "ann", "why").Closes(true, 3, 12.50m).Build();
        AppendResult early = await Store.AppendAsync(Delivered(bob) with { Leads = [] });
        AppendResult again = await Store.AppendAsync(Delivered(bob) with { Leads = [] });

        early.States!.Touches.ShouldBe([RowState.Waiting]);
        again.Total.ShouldBe(new AppendCount(0, 0, 4));
        early.UnknownLeads.ShouldBe(["bob"]);
        (await Store.SummarizeAsync()).Touches.ShouldBe(0);

        await Store.AppendAsync(new() { Leads = [bob.Lead] });

        ShouldBeSame((await ReadAllAsync()).ShouldHaveSingleItem(), new(null, [bob]));
        (await Store.AppendAsync(Delivered(bob))).Total.ShouldBe(new AppendCount(0, 5));
    }

    [ContractFact]
    public async Task Delivered_SameChangeRecordedLater_IsKnown()
    {
        LeadHistory bob = new LeadBuilder("bob").Has("title", "VP", at: 1, recorded: 2).Build();
        await Store.AppendAsync(Delivered(bob));

        AppendResult later = await Store.AppendAsync(Delivered(bob) with { Attributes = [bob.Attributes[0] with { RecordedAt = Day.At(9) }] });
        AppendResult other = await Store.AppendAsync(
            Delivered(bob) with { Attributes = [bob.Attributes[0] with { RecordedAt = Day.At(9), Value = AttributeValue.Of("CEO") }] });

        later.Attributes.ShouldBe(new AppendCount(0, 1));
        later.States!.Attributes.ShouldBe([RowState.Known]);
        other.Attributes.ShouldBe(new AppendCount(1, 0));
    }

    [ContractFact]
    public async Task Delivered_AliasBeforeOrAfterItsRows_JoinsThem()
    {
        LeadHistory visitor = new LeadBuilder("visitor").Touched("page_view", 1).Touched("page_view", 2).Build();
        LeadHistory bob = new LeadBuilder("bob").Build();
        await Store.AppendAsync(new() { Delivered = true, Touches = [visitor.Touches[0]] });
        await Store.AppendAsync(new() { Delivered = true, Aliases = [new("visitor", "person"), new("person", "bob")] });
        await Store.AppendAsync(new() { Delivered = true, Touches = [visitor.Touches[1]] });
        (await ReadAllAsync()).ShouldBeEmpty();

        await Store.AppendAsync(new() { Delivered = true, Leads = [bob.Lead, visitor.Lead], TellStates = true });

        LeadHistory read = (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem();
        read.Lead.Id.ShouldBe("bob");
        read.Touches.Select(touch => touch.Id).ShouldBe(visitor.Touches.Select(touch => touch.Id));
    }

    /// <summary>A device that is named late: what it did is known as the person's from then on, whether it came before the name or after.</summary>
    [ContractFact]
    public async Task Delivered_RowsUnderANameToldLater_AreKnownFromThenOn()
    {
        LeadHistory phone = new LeadBuilder("phone").Touched("page_view", 2).Touched("page_view", 3).Touched("page_view", 9).Has("country", "DE", 4).Build();
        LeadHistory laptop = new LeadBuilder("laptop").Touched("call", 2).Touched("call", 3).Build();
        await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("u1").Build().Lead], Touches = [phone.Touches[0], laptop.Touches[0]], Attributes = phone.Attributes });

        await Store.AppendAsync(new() { Delivered = true, Aliases = [new("tablet", "phone"), new("phone", "u1") { ToldAt = Day.At(7) }, new("laptop", "tablet")] });
        await Store.AppendAsync(new() { Delivered = true, Aliases = [new("phone", "u1") { ToldAt = Day.At(8) }], Touches = [phone.Touches[1], phone.Touches[2], laptop.Touches[1]] });

        LeadHistory lead = (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem();
        lead.Touches.Select(touch => touch.OccurredAt).ShouldBe([Day.At(2), Day.At(2), Day.At(3), Day.At(3), Day.At(9)]);
        lead.Touches.Select(touch => touch.RecordedAt).ShouldBe([Day.At(7), Day.At(7), Day.At(7), Day.At(7), Day.At(9)]);
        lead.Attributes.ShouldHaveSingleItem().RecordedAt.ShouldBe(Day.At(7));
    }

    [ContractFact]
    public async Task Delivered_NameOfANameToldLater_IsKnownFromThenOn()
    {
        LeadHistory visitor = new LeadBuilder("visitor").Touched("page_view", 2).Touched("page_view", 3).Build();
        await Store.AppendAsync(new() { Delivered = true, Touches = [visitor.Touches[0]], Aliases = [new("visitor", "person")] });

        await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("bob").Build().Lead], Aliases = [new("person", "bob") { ToldAt = Day.At(5) }] });
        await Store.AppendAsync(new() { Touches = [visitor.Touches[1]] });

        (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem().Touches.Select(touch => touch.RecordedAt).ShouldBe([Day.At(5), Day.At(5)]);
    }

    [ContractFact]
    public async Task Delivered_Rows_AreToldOfTheLeadsTheyArePartOf()
    {
        LeadHistory visitor = new LeadBuilder("visitor").Touched("page_view", 1).Touched("page_view", 2).Build();
        Lead[] leads = [.. "abc".Select(name => new LeadBuilder(name.ToString()).Build().Lead)];
        async Task<IReadOnlyList<string>> ChangedAsync(HistoryBatch batch) => (await Store.AppendAsync(batch with { Delivered = true, TellStates = true })).ChangedLeads;

        (await ChangedAsync(new() { Touches = [visitor.Touches[0]] })).ShouldBeEmpty("they wait");
        (await ChangedAsync(new() { Leads = leads })).ShouldBe(["a", "b", "c"]);
        (await ChangedAsync(new() { Aliases = [new("visitor", "a")] })).ShouldBe(["a"], "what had waited is its own now");
        (await ChangedAsync(new() { Aliases = [new("other", "b")] })).ShouldBeEmpty("nothing came under that name");
        (await ChangedAsync(new() { Touches = visitor.Touches, Leads = [leads[1]] })).ShouldBe(["b", "a"], "a delivery that is repeated may not have been followed up");
        (await ChangedAsync(new() { Aliases = [new("b", "c") { Merge = new("same person", Day.At(3)) }] })).ShouldBe(["b", "c"], ignoreOrder: true);
        (await Store.AppendAsync(new() { Touches = visitor.Touches })).ChangedLeads.ShouldBeEmpty("nobody asked");
    }

    /// <summary>A merge of records none of which is here yet, such as one told before they are brought over.</summary>
    [ContractFact]
    public async Task Delivered_LeadByAnyNameOfThoseToldOfBefore_IsThatLead()
    {
        LeadHistory[] names = [.. "abc".Select(name => new LeadBuilder(name.ToString(), created: 1).Touched("page_view", 2).Build())];
        ToldMerge told = new("same person", Day.At(3));
        await Store.AppendAsync(new() { Delivered = true, Aliases = [new("b", "a") { Merge = told }, new("c", "a") { Merge = told }], Touches = names[0].Touches });
        (await Store.FindAccountOfLeadAsync("c")).ShouldBeNull("no lead is known yet");

        AppendResult result = await Store.AppendAsync(Delivered(names[2]));
        AppendResult again = await Store.AppendAsync(new() { Delivered = true, TellStates = true, Leads = [names[1].Lead, names[2].Lead] });

        result.States!.Leads.ShouldBe([RowState.Added]);
        result.States.Touches.ShouldBe([RowState.Added]);
        again.States!.Leads.ShouldBe([RowState.Known, RowState.Known]);
        LeadHistory lead = (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem();
        lead.Touches.Count.ShouldBe(2, "what had waited is there too");
        foreach (string name in new[] { "a", "b", "c" })
        {
            (await Store.FindAccountOfLeadAsync(name))!.Find(name)!.Lead.Id.ShouldBe(lead.Lead.Id);
        }
    }

    [ContractFact]
    public async Task Delivered_LeadsByTwoNamesAtOnce_AreOne()
    {
        await Store.AppendAsync(new() { Delivered = true, Aliases = [new("b", "a"), new("c", "a")] });

        AppendResult result = await Store.AppendAsync(new() { Delivered = true, TellStates = true, Leads = [.. "cb".Select(name => new LeadBuilder(name.ToString()).Build().Lead)] });

        result.States!.Leads.ShouldBe([RowState.Added, RowState.Known]);
        (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem();
    }

    [ContractFact]
    public async Task Delivered_ChainOfAliasesInOneBatch_MeansTheLast()
    {
        LeadHistory[] names = [.. "abc".Select(name => new LeadBuilder(name.ToString()).Touched("page_view", 1).Touched("page_view", 2).Build())];
        await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("d").Build().Lead] });
        Touch[] touches = [.. names.Select(name => name.Touches[0])];

        AppendResult result = await Store.AppendAsync(new() { Delivered = true, Aliases = [new("a", "b"), new("b", "c"), new("c", "d")], Touches = touches, TellStates = true });
        await Store.AppendAsync(new() { Delivered = true, Touches = [.. names.Select(name => name.Touches[1])] });

        result.States!.Touches.ShouldAllBe(state => state == RowState.Added);
        (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem().Touches.Count.ShouldBe(6);
    }

    [ContractFact]
    public async Task Delivered_LeadKnownFromALaterDelivery_TakesTheEarlierCreation()
    {
        Lead late = new LeadBuilder("bob", created: 5).From("ads").Build().Lead;
        Lead early = new LeadBuilder("bob", created: 2, account: "acme").Build().Lead;
        await Store.AppendAsync(new() { Delivered = true, Leads = [late] });

        AppendResult result = await Store.AppendAsync(new() { Delivered = true, Leads = [early], TellStates = true });

        result.States!.Leads.ShouldBe([RowState.Known]);
        (await ReadAllAsync())[0].Leads[0].Lead.ShouldBe(early with { Source = "ads" });
    }

    [ContractFact]
    public async Task Append_ThatFillsLeads_LetsThemTakeTheEarlierCreation()
    {
        Lead late = new LeadBuilder("bob", created: 5).From("ads").Build().Lead;
        Lead early = new LeadBuilder("bob", created: 2, account: "acme").Build().Lead;
        Lead whole = new LeadBuilder("eve", created: 1, account: "acme").From("ads").Build().Lead;
        await Store.AppendAsync(new() { Leads = [late, whole] });

        AppendResult result = await Store.AppendAsync(new() { FillsLeads = true, Leads = [whole with { Source = "web" }, early, late] });

        result.Leads.ShouldBe(new AppendCount(0, 3));
        (await ReadAllAsync())[0].Leads.Select(lead => lead.Lead).ShouldBe([early with { Source = "ads" }, whole]);
    }

    [ContractFact]
    public async Task Delivered_ManyRowsReleasedBesideManyNew_AreAllKept()
    {
        LeadBuilder waiting = new("w"), own = new("o");
        for (int i = 0; i < 100; i++)
        {
            waiting.Touched("call", i);
            own.Touched("call", i);
        }

        await Store.AppendAsync(Delivered(waiting.Build()) with { Leads = [] });
        AppendResult result = await Store.AppendAsync(new()
        {
            Delivered = true,
            TellStates = true,
            Leads = [waiting.Build().Lead, own.Build().Lead],
            Touches = [.. own.Build().Touches, own.Build().Touches[7]],
        });

        result.States!.Touches.Count(state => state == RowState.Added).ShouldBe(100);
        result.States.Touches[100].ShouldBe(RowState.Known);
        (await Store.SummarizeAsync()).Touches.ShouldBe(200);
    }

    [ContractFact]
    public async Task Delivered_ShuffledAndRepeatedByManyAtOnce_IsAsOnceInOrder()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(6, seed: 5)];
        HistoryBatch all = HistoryBatch.Of(accounts);
        List<HistoryBatch> pieces =
        [
            .. all.Accounts.Select(row => new HistoryBatch { Accounts = [row] }),
            .. all.Leads.Select(row => new HistoryBatch { Leads = [row] }),
            .. all.Touches.Chunk(3).Select(rows => new HistoryBatch { Touches = rows }),
            .. all.Attributes.Chunk(2).Select(rows => new HistoryBatch { Attributes = rows }),
            .. all.Transitions.Select(row => new HistoryBatch { Transitions = [row] }),
        ];
        var random = new Random(1);
        HistoryBatch[] sent = [.. pieces.SelectMany(piece => Enumerable.Repeat(piece with { Delivered = true }, random.Next(1, 4)))];
        random.Shuffle(sent);

        await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (piece, ct) => await Store.AppendAsync(piece, ct));

        IReadOnlyList<AccountHistory> read = await ReadAllAsync();
        read.Count.ShouldBe(accounts.Length);
        for (int i = 0; i < accounts.Length; i++)
        {
            ShouldBeSame(read[i], accounts[i]);
        }
    }
}
