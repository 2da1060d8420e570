using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Merges;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>Deals that are told again with another worth.</summary>
public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task Append_DealAgainWithAnotherAmount_CorrectsIt()
    {
        Outcome deal = await WonAsync(1000);

        AppendResult again = await Store.AppendAsync(new() { TellStates = true, Outcomes = [deal, deal with { Amount = 1500 }, deal with { Amount = 1500.00m }] });
        again.States!.Outcomes.ShouldBe([RowState.Known, RowState.Added, RowState.Known]);
        (await Store.AppendAsync(new() { Outcomes = [deal with { Amount = 1500 }] })).Outcomes.ShouldBe(new AppendCount(0, 1));
        (await OnlyDealAsync()).ShouldBe(deal with { Amount = 1500 });

        (await Store.AppendAsync(new() { Outcomes = [deal with { Amount = 1500, Currency = "USD" }] })).Outcomes.Added.ShouldBe(1);
        (await OnlyDealAsync()).ShouldBe(deal with { Amount = 1500, Currency = "USD" });
        (await Store.SummarizeAsync()).Outcomes.ShouldBe(3, "rows are only added");
    }

    [ContractFact]
    public async Task Append_DealAgainWithAnEarlierAmount_CountsOnlyWhereItWasRecordedLater()
    {
        Outcome deal = await WonAsync(1000);
        await Store.AppendAsync(new() { Outcomes = [deal with { Amount = 1500, RecordedAt = Day.At(40) }] });

        (await Store.AppendAsync(new() { Outcomes = [deal, deal with { Amount = 7, RecordedAt = Day.At(2) }, deal with { Amount = 8, RecordedAt = Day.At(35) }, deal with { Amount = null }] }))
            .Outcomes.ShouldBe(new AppendCount(0, 4));
        (await OnlyDealAsync()).Amount.ShouldBe(1500);
        (await Store.AppendAsync(new() { Outcomes = [deal with { RecordedAt = Day.At(41) }] })).Outcomes.Added.ShouldBe(1);
        (await OnlyDealAsync()).ShouldBe(deal);
    }

    /// <summary>A batch may hold all edits of a deal, in any order; it ended with the earliest and is worth what the last one says.</summary>
    [ContractFact]
    public async Task Append_DealWithAllItsEditsAtOnce_EndsWithTheEarliestAndIsWorthTheLast()
    {
        Outcome deal = await WonAsync(null);
        Outcome[] edits = [.. Enumerable.Range(1, 60).Select(i => deal with { Id = "edited", Amount = i, OccurredAt = Day.At(30 + i), RecordedAt = Day.At(30 + i) })];

        (await Store.AppendAsync(new() { Outcomes = [.. edits.OrderBy(row => (row.Amount!.Value * 7) % 61)] })).Outcomes.Added.ShouldBe(60);

        IReadOnlyList<Outcome> read = (await Store.FindAccountOfLeadAsync("bob"))!.Leads[0].Outcomes;
        read.Count.ShouldBe(2);
        read.Single(row => row.Id == "edited").ShouldBe(edits[0] with { Amount = 60 });
    }

    /// <summary>More rows than are inserted one by one.</summary>
    [ContractFact]
    public async Task Append_ManyDealsAndValuesAgain_CorrectsThemAll()
    {
        LeadHistory[] leads = [.. Enumerable.Range(0, 100).Select(i => new LeadBuilder($"l{i}").Has("employees", i, 1).Closes(true, 3, i).Build())];
        await Store.AppendAsync(HistoryBatch.Of([.. leads.Select(lead => new AccountHistory(null, [lead]))]));

        AppendResult again = await Store.AppendAsync(new()
        {
            Delivered = true,
            DeliveredAt = Day.At(9),
            Attributes = [.. leads.Select(lead => lead.Attributes[0] with { Value = AttributeValue.Of(1000) })],
            Outcomes = [.. leads.Select(lead => lead.Outcomes[0] with { Amount = 1000 })],
        });

        (again.Attributes.Added, again.Outcomes.Added).ShouldBe((100, 100));
        foreach (LeadHistory lead in (await ReadAllAsync()).SelectMany(account => account.Leads))
        {
            (lead.Outcomes.Single().Amount, lead.Attributes[^1].Value).ShouldBe((1000, AttributeValue.Of(1000)));
        }
    }

    [ContractFact]
    public async Task Append_DealByManyWritersAtOnce_IsWorthTheLatest()
    {
        Outcome[] deals = [.. Enumerable.Range(0, 10).Select(i => new LeadBuilder($"l{i}").Closes(true, 3, 1).Build()).Select(lead => lead.Outcomes[0])];
        await Store.AppendAsync(new() { Leads = [.. deals.Select(deal => new LeadBuilder(deal.LeadId).Build().Lead)], Outcomes = deals });

        foreach (Outcome deal in deals)
        {
            await Task.WhenAll(Enumerable.Range(1, 6).Select(i => Task.Run(() => Store.AppendAsync(new() { Outcomes = [deal with { Amount = 10 + i, RecordedAt = Day.At(3 + i) }] }))));
            (await Store.FindAccountOfLeadAsync(deal.LeadId))!.Leads[0].Outcomes.Single().Amount.ShouldBe(16);
        }
    }

    [ContractFact]
    public async Task Append_DealOfAMergedLeadUnderTheKeptOne_CorrectsIt()
    {
        Outcome deal = await WonAsync(1000);
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("ann").Build().Lead, new LeadBuilder("other").Build().Lead] });
        await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, "ann", "bob", ""), Day.At(40));

        (await Store.AppendAsync(new() { Outcomes = [deal with { LeadId = "other", Amount = 9 }] })).Outcomes.Added.ShouldBe(0, "it is another person's");
        (await Store.AppendAsync(new() { Outcomes = [deal with { LeadId = "ann", Amount = 1500, Currency = null }] })).Outcomes.Added.ShouldBe(1);

        (await OnlyDealAsync()).ShouldBe(deal with { LeadId = "ann", Amount = 1500 });
    }

    [ContractFact]
    public async Task Delivered_DealWithoutIdentifierByTwoNamesOfItsLead_IsOne()
    {
        Outcome Told(string name) => new LeadBuilder(name).Closes(true, 3, 5).Build().Outcomes[0] is var deal ? deal with { Id = ContentId.Of(deal) } : deal;
        await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("bob").Build().Lead], Aliases = [new("alias", "bob")], Outcomes = [Told("bob")] });

        (await Store.AppendAsync(new() { Delivered = true, Outcomes = [Told("alias")] })).Outcomes.ShouldBe(new AppendCount(0, 1));

        (await OnlyDealAsync()).ShouldBe(Told("bob"));
    }

    /// <summary>Opened again: both ends are kept, in whatever batch, by whatever name of the lead, and the win's amount is corrected as any other.</summary>
    [ContractFact]
    public async Task Append_DealThatWasLostAndIsWonLater_IsBoth()
    {
        LeadHistory bob = new LeadBuilder("bob").Closes(false, 30, 100).Build();
        Outcome lost = bob.Outcomes[0];
        Outcome won = lost with { Won = true, Amount = 900, Currency = null, OccurredAt = Day.At(60), RecordedAt = Day.At(60) };
        Outcome kept = won with { Id = lost.Id + "~won", Currency = lost.Currency };
        await Store.AppendAsync(new() { Leads = [bob.Lead, new LeadBuilder("ann").Build().Lead], Outcomes = [won, lost] });
        (await DealsAsync()).ShouldBe([lost, kept]);

        await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, "ann", "bob", ""), Day.At(61));
        AppendResult again = await Store.AppendAsync(new() { TellStates = true, Outcomes = [lost, won with { LeadId = "ann" }, won with { LeadId = "ann", Amount = 950, RecordedAt = Day.At(70) }, kept] });
        again.States!.Outcomes.ShouldBe([RowState.Known, RowState.Known, RowState.Added, RowState.Known]);
        (again.OtherEnds, (await Store.SummarizeAsync()).Outcomes).ShouldBe((0, 3));
        (await DealsAsync()).Select(row => (row.Won, row.Amount)).ShouldBe([(false, 100), (true, 950)]);

        async Task<Outcome[]> DealsAsync() => [.. (await Store.FindAccountOfLeadAsync("bob"))!.Leads[0].Outcomes];
    }

    [ContractFact]
    public async Task Append_DealThatEndsOtherwise_StaysAndIsCounted()
    {
        Outcome won = await WonAsync(1000);
        LeadHistory ann = new LeadBuilder("ann").Closes(false, 30, 5).Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [ann])));

        AppendResult again = await Store.AppendAsync(new() { Outcomes = [won with { Won = false, OccurredAt = Day.At(50), RecordedAt = Day.At(50) }, ann.Outcomes[0] with { Won = true, RecordedAt = Day.At(50) }] });

        (again.Outcomes, again.OtherEnds).ShouldBe((new AppendCount(0, 2), 2));
        (await OnlyDealAsync()).ShouldBe(won);

        Outcome lost = ann.Outcomes[0];
        again = await Store.AppendAsync(new() { Outcomes = [lost with { Won = true, OccurredAt = Day.At(60), RecordedAt = Day.At(60) }, lost with { OccurredAt = Day.At(70), RecordedAt = Day.At(70) }, lost] });
        (again.Outcomes, again.OtherEnds).ShouldBe((new AppendCount(1, 2), 0), "all of one batch are compared with what was kept before");
        (await Store.AppendAsync(new() { Outcomes = [lost with { OccurredAt = Day.At(70), RecordedAt = Day.At(70) }, lost] })).OtherEnds.ShouldBe(1, "lost again after it was won");
    }

    [ContractFact]
    public async Task Append_DealNamedAsACorrection_IsRefused()
    {
        Outcome deal = await WonAsync(1000);
        InvalidHistoryException fault = await Should.ThrowAsync<InvalidHistoryException>(() => Store.AppendAsync(new() { Outcomes = [deal with { Id = deal.Id + CorrectedAmounts.Suffix }] }));
        fault.Message.ShouldContain("ends in ~corrected");
    }

    [ContractFact]
    public async Task Delivered_DealsOfALeadToCome_AreCorrectedWhenItComes()
    {
        LeadHistory bob = new LeadBuilder("bob").Closes(true, 3, 12.50m).Build();
        HistoryBatch early = Delivered(bob) with { Leads = [], Outcomes = [bob.Outcomes[0], bob.Outcomes[0] with { Amount = 13, RecordedAt = Day.At(9) }] };

        (await Store.AppendAsync(early)).Total.ShouldBe(new AppendCount(0, 0, 2));
        await Store.AppendAsync(new() { Leads = [bob.Lead] });

        (await OnlyDealAsync()).ShouldBe(bob.Outcomes[0] with { Amount = 13 });
    }

    /// <summary>Corrected once, twice, to another currency, before and after the day that is looked back from, of ends that were planned and of ends that happened.</summary>
    [ContractFact]
    public async Task Funnel_OfCorrectedDeals_IsWhatGoingThroughTheHistoryFinds()
    {
        foreach (int i in Enumerable.Range(0, 8))
        {
            string id = $"d{i}{(i % 2 == 0 ? PlannedEnds.Suffix : "")}";
            LeadHistory lead = new LeadBuilder($"l{i}").From($"source {i % 3}").Enters(Stage.MarketingQualified, 1).Enters(Stage.Won, 20).Build();
            var deal = new Outcome { Id = id, LeadId = $"l{i}", Won = true, Amount = i == 7 ? null : 10, Currency = "EUR", OccurredAt = Day.At(20), RecordedAt = Day.At(i < 6 ? 20 : 200) };
            await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [lead])));
            await Store.AppendAsync(new() { Outcomes = [deal] });
            await Store.AppendAsync(new() { Outcomes = [deal with { Amount = 20 + i, RecordedAt = Day.At(i < 3 ? 30 : 300) }] });
            if (i is 1 or 2 or 4)
            {
                await Store.AppendAsync(new() { Outcomes = [deal with { Amount = 0.07m, Currency = "USD" }] });
            }

            if (i == 4)
            {
                await Store.AppendAsync(new() { Outcomes = [deal with { Id = "d4", Amount = 5000, OccurredAt = Day.At(25), RecordedAt = Day.At(25) }] });
            }
        }

        var reopened = new Outcome { Id = "d8", LeadId = "l0", Won = false, Amount = 3, Currency = "EUR", OccurredAt = Day.At(21), RecordedAt = Day.At(21) };
        await Store.AppendAsync(new() { Outcomes = [reopened, .. new[] { 40, 41 }.Select(day => reopened with { Won = true, Amount = day, OccurredAt = Day.At(22), RecordedAt = Day.At(day) })] });
        await FunnelShouldBeTheSameAsync();
    }

    private async Task<Outcome> WonAsync(decimal? amount)
    {
        LeadHistory bob = new LeadBuilder("bob").Enters(Stage.Won, 30).Closes(true, 30, amount).Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [bob])));
        return bob.Outcomes[0];
    }

    private async Task<Outcome> OnlyDealAsync() => (await Store.FindAccountOfLeadAsync("bob"))!.Leads[0].Outcomes.ShouldHaveSingleItem();
}
