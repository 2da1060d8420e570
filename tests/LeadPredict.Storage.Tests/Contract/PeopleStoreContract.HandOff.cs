using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Merges;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class PeopleStoreContract
{
    private IHandOffStore HandOff => HandOffStores.Of(Store);

    [ContractFact]
    public async Task Decide_MoveWithOutcome_IsReadBackWithItsNote()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").Enters(Stage.Opportunity, 1).BuildAlone()));

        (await HandOff.DecideAsync(Decision("a", Stage.Won, 2, amount: 1200.50m), knownTransitions: 1)).ShouldBeTrue();

        LeadHistory lead = (await Store.FindAccountOfLeadAsync("a"))!.Leads[0];
        lead.Transitions[^1].ShouldBe(Decision("a", Stage.Won, 2).Move);
        lead.Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(1200.50m);
        (await HandOff.ReadDecisionsAsync("a")).ShouldHaveSingleItem().ShouldBe(new DecisionNote("d-a-Won", "won", 3, "it's \"done\""));
        (await HandOff.ReadDecisionsAsync("nobody")).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Decide_LeadThatMovedInBetween_WritesNothing()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").Enters(Stage.MarketingQualified, 1).Enters(Stage.Recycled, 2).BuildAlone()));

        (await HandOff.DecideAsync(Decision("a", Stage.SalesAccepted, 3), knownTransitions: 1)).ShouldBeFalse();

        (await Store.SummarizeAsync()).Transitions.ShouldBe(2);
        (await HandOff.ReadDecisionsAsync("a")).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Decide_UnderTheIdentifierOfAnotherLeadsDeal_WritesNothing()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").Enters(Stage.Opportunity, 1).BuildAlone(), new LeadBuilder("b").Enters(Stage.Opportunity, 1).Closes(won: true, 5).BuildAlone()));

        (await HandOff.DecideAsync(Decision("a", Stage.Won, 2, amount: 7777, id: "b/o1"), knownTransitions: 1)).ShouldBeFalse();

        (await Store.SummarizeAsync()).Transitions.ShouldBe(2);
        (await HandOff.ReadDecisionsAsync("a")).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Decisions_OfALeadThatWasMerged_AreThoseOfWhatItIsReadAs()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").Enters(Stage.MarketingQualified, 1).BuildAlone(), new LeadBuilder("b").Enters(Stage.MarketingQualified, 3).BuildAlone()));
        await HandOff.DecideAsync(Decision("a", Stage.SalesAccepted, 2), knownTransitions: 1);
        await MergeStores.Of(Store).MergeAsync([new(MergeKind.Lead, "b", "a", "")], Day.At(4));
        await HandOff.DecideAsync(Decision("b", Stage.SalesAccepted, 5), knownTransitions: 3);

        (await HandOff.ReadDecisionsAsync("b")).Select(note => note.TransitionId).ShouldBe(["d-a-SalesAccepted", "d-b-SalesAccepted"]);
    }

    [ContractFact]
    public async Task Decide_SixteenAtOnce_OneStands()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").Enters(Stage.MarketingQualified, 1).BuildAlone()));

        bool[] stood = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => HandOff.DecideAsync(
            Decision("a", i % 2 == 0 ? Stage.SalesAccepted : Stage.Recycled, 2, id: $"d{i}"), knownTransitions: 1))));

        stood.Count(yes => yes).ShouldBe(1);
        (await Store.SummarizeAsync()).Transitions.ShouldBe(2);
        (await HandOff.ReadDecisionsAsync("a")).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task Decide_LeadThatIsNotKnown_WritesNothing() =>
        (await HandOff.DecideAsync(Decision("stranger", Stage.SalesAccepted, 2), knownTransitions: 0)).ShouldBeFalse();

    [ContractFact]
    public async Task Definitions_Adopted_AreReadBackInOrder()
    {
        AdoptedDefinitions first = new(1, "version: 1\n# ✓", Day.At(1), null);
        AdoptedDefinitions second = new(2, "version: 2", Day.At(2), "ann");

        (await HandOff.ReadDefinitionsAsync()).ShouldBeEmpty();
        (await HandOff.AdoptAsync(first)).ShouldBeTrue();
        (await HandOff.AdoptAsync(second)).ShouldBeTrue();
        (await HandOff.AdoptAsync(first)).ShouldBeFalse();

        (await HandOff.ReadDefinitionsAsync()).ShouldBe([first, second]);
        (await Should.ThrowAsync<DefinitionsConflictException>(() => HandOff.AdoptAsync(first with { Yaml = "other" }))).Latest.ShouldBe(2);
    }

    private static StageDecision Decision(string lead, Stage to, double at, decimal? amount = null, string? id = null)
    {
        id ??= $"d-{lead}-{to}";
        return new(
            new() { Id = id, LeadId = lead, To = to, OccurredAt = Day.At(at), RecordedAt = Day.At(at), Actor = "sales:ann", Reason = "fits_profile" },
            amount is null ? null : new() { Id = id, LeadId = lead, Won = true, Amount = amount, Currency = "EUR", OccurredAt = Day.At(at), RecordedAt = Day.At(at) },
            new(id, to == Stage.Won ? "won" : "accept", 3, "it's \"done\""));
    }
}
