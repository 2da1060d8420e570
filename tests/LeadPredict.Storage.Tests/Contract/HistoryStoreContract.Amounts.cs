using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
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
