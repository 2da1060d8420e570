using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Errors;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>What every history store must do. Each kind of store runs the same tests.</summary>
public abstract partial class HistoryStoreContract(TestedStore tested) : StoreContract(tested)
{
    [ContractFact]
    public async Task Append_WholeAccount_IsReadBackAsItWas()
    {
        AccountHistory written = FullAccount();

        await Store.AppendAsync(HistoryBatch.Of(written));

        AccountHistory read = (await ReadAllAsync()).ShouldHaveSingleItem();
        ShouldBeSame(read, written);
    }

    [ContractFact]
    public async Task Append_SameBatchTwice_AddsNothingTheSecondTime()
    {
        HistoryBatch batch = HistoryBatch.Of(FullAccount());

        AppendResult first = await Store.AppendAsync(batch);
        AppendResult second = await Store.AppendAsync(batch);

        first.Total.ShouldBe(new AppendCount(batch.Count, 0));
        second.Total.ShouldBe(new AppendCount(0, batch.Count));
        (await ReadAllAsync()).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task Append_KnownIdentifierWithOtherContent_FirstWriteStands()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").From("webinar").Touched("call", 1).BuildAlone()));

        AppendResult second = await Store.AppendAsync(
            HistoryBatch.Of(new LeadBuilder("a").From("event").Touched("meeting", 2).BuildAlone()));

        second.Leads.ShouldBe(new AppendCount(0, 1));
        second.Touches.ShouldBe(new AppendCount(0, 1));
        LeadHistory lead = (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem();
        lead.Lead.Source.ShouldBe("webinar");
        lead.Touches.ShouldHaveSingleItem().Type.ShouldBe("call");
    }

    [ContractFact]
    public async Task Append_IdentifierTwiceInOneBatch_CountsTheSecondAsKnown()
    {
        Lead lead = new LeadBuilder("a").Build().Lead;

        AppendResult result = await Store.AppendAsync(new() { Leads = [lead, lead with { Source = "later" }] });

        result.Leads.ShouldBe(new AppendCount(1, 1));
        (await ReadAllAsync())[0].Leads[0].Lead.Source.ShouldBeNull();
    }

    [ContractFact]
    public async Task Append_RowIdentifierOfAnotherLead_FirstWriteStands()
    {
        Touch touch = new LeadBuilder("a").Touched("call", 1).Build().Touches[0];
        Lead[] leads = [new LeadBuilder("a").Build().Lead, new LeadBuilder("b").Build().Lead];
        await Store.AppendAsync(new() { Leads = leads, Touches = [touch with { LeadId = "b" }, touch] });

        AppendResult second = await Store.AppendAsync(new() { Touches = [touch] });

        second.Touches.ShouldBe(new AppendCount(0, 1));
        (await ReadAllAsync()).Select(account => account.Leads[0].Touches.Count).ShouldBe([0, 1]);
    }

    [ContractFact]
    public async Task Append_RowOfUnknownLead_IsNamedAndNotKept()
    {
        LeadHistory known = new LeadBuilder("known").Touched("call", 1).Build();
        LeadHistory stranger = new LeadBuilder("stranger").Touched("call", 1).Enters(Stage.Won, 2).Build();

        AppendResult result = await Store.AppendAsync(new()
        {
            Leads = [known.Lead],
            Touches = [.. known.Touches, .. stranger.Touches],
            Transitions = stranger.Transitions,
        });

        result.Touches.ShouldBe(new AppendCount(1, 0, 1));
        result.Transitions.ShouldBe(new AppendCount(0, 0, 1));
        result.UnknownLeads.ShouldBe(["stranger"]);
        (await Store.SummarizeAsync()).Transitions.ShouldBe(0);
    }

    [ContractFact]
    public async Task Append_RowsOfALeadWrittenBefore_JoinIt()
    {
        LeadHistory lead = new LeadBuilder("a").Touched("call", 1).Build();
        await Store.AppendAsync(new() { Leads = [lead.Lead] });

        await Store.AppendAsync(new() { Touches = lead.Touches });

        (await Store.FindAccountOfLeadAsync("a"))!.Leads[0].Touches.Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task Append_EmptyBatch_DoesNothing() =>
        (await Store.AppendAsync(new())).Total.ShouldBe(default);

    [ContractFact]
    public async Task Append_LeadIdThatCannotBeKept_IsRefusedWhole()
    {
        Lead good = new LeadBuilder("good").Build().Lead;
        foreach (string id in new[] { "", "nul\0inside", "half\ud83d" })
        {
            InvalidHistoryException refusal = await Should.ThrowAsync<InvalidHistoryException>(
                () => Store.AppendAsync(new() { Leads = [good, good with { Id = id }] }));

            refusal.Faults.ShouldHaveSingleItem().Field.ShouldBe("id");
            (await Store.SummarizeAsync()).Leads.ShouldBe(0);
        }
    }

    [ContractFact]
    public async Task Append_InstantOutOfRange_IsRefusedByField()
    {
        Lead lead = new LeadBuilder("a").Build().Lead with { CreatedAt = DateTimeOffset.MinValue };

        InvalidHistoryException refusal = await Should.ThrowAsync<InvalidHistoryException>(
            () => Store.AppendAsync(new() { Leads = [lead] }));

        refusal.Faults.ShouldHaveSingleItem().Field.ShouldBe("createdAt");
        refusal.Message.ShouldContain("nothing was written");
    }

    [ContractFact]
    public async Task Funnel_NeverSet_IsNull() => (await Store.GetFunnelAsync()).ShouldBeNull();

    [ContractFact]
    public async Task Funnel_SetTwice_IsTheLatter()
    {
        FunnelDefinition oneLink = FunnelDefinition.Create(
            [Stage.MarketingQualified, Stage.Won], closeHorizon: TimeSpan.FromDays(30), start: Day.At(-300));
        await Store.SetFunnelAsync(FunnelDefinition.Default);
        (await Store.GetFunnelAsync()).ShouldBe(FunnelDefinition.Default);

        await Store.SetFunnelAsync(oneLink);

        (await Store.GetFunnelAsync()).ShouldBe(oneLink);
    }

    [ContractFact]
    public async Task Append_Cancelled_WritesNothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => Store.AppendAsync(HistoryBatch.Of(FullAccount()), new CancellationToken(canceled: true)));

        (await Store.SummarizeAsync()).Leads.ShouldBe(0);
    }

    private static AccountHistory FullAccount() => new HistoryBuilder("acme", created: 0.5)
        .With("bob", created: 1, lead => lead
            .From("organic_search")
            .Has("jobTitle", "VP Marketing").Has("employees", 250.125).Has("newsletter", true, at: 3, recorded: 4)
            .Has("jobTitle", AttributeValue.Missing, at: 5)
            .Touched("page_view", 2, 2.25, ("page", "pricing"), ("campaign", "spring"))
            .Touched("demo_request", 2.5)
            .Enters(Stage.MarketingQualified, 3, 3.5, "rule:threshold", "100 points")
            .Enters(Stage.Won, 40, 45.5)
            .Closes(won: true, at: 40, amount: 1200.50m))
        .With("ann", created: 2)
        .Build();
}
