using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>What comes of a person after it was forgotten.</summary>
public abstract partial class PeopleStoreContract
{
    [ContractFact]
    public async Task Append_LeadThatShowsAForgottenAddress_LeavesNothingOfItInTheFile()
    {
        // Leads in no order, so that their rows lie among others'.
        int[] order = [.. Enumerable.Range(0, 600)];
        new Random(5).Shuffle(order);
        LeadHistory[] leads = [.. order.Select(i => Lead(i % 3 == 0 ? $"secret-{i}" : $"other-{i}"))];
        foreach (LeadHistory[] some in leads.Chunk(100))
        {
            await Store.AppendAsync(HistoryBatch.Of(some.Select(lead => new AccountHistory(null, [lead]))));
        }

        await PeopleStores.Of(Store).ForgetAsync(null, Ada, Day.At(2));
        (await Tested.EverythingAsync()).ShouldContain("secret-0");

        foreach (LeadHistory[] some in leads.Where(lead => lead.Lead.Id[0] == 's').Chunk(10))
        {
            await Store.AppendAsync(new() { Attributes = [.. some.SelectMany(lead => new LeadBuilder(lead.Lead.Id).Has("email", Ada, 3).Build().Attributes)] });
        }

        (await Store.SummarizeAsync()).Leads.ShouldBe(400);
        (await Tested.EverythingAsync()).Contains("secret", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();

        static LeadHistory Lead(string id) => new LeadBuilder(id).Has("phone", $"{id}-phone").Has("firstName", new string('x', 300) + id)
            .Touched("call", 1, null, ("note", $"{id} said " + new string('y', id.Length * 700))).Touched("meeting", 2, null, ("note", id)).Enters(Funnel.Stages.Stage.Lost, 2, reason: $"{id} left").Build();
    }

    [ContractFact]
    public async Task ScoreLog_AnswerThatShowsAForgottenAddress_IsKeptWithoutIt()
    {
        await PeopleStores.Of(Store).ForgetAsync(null, Planted, Day.At(2));
        IScoreLog log = new StoredScoreLog(StoreDatabases.Of(Store));
        string[] answers = [$$"""{"items":["email is \u0022{{System.Text.Json.JsonEncodedText.Encode(Planted)}}\u0022","to {{Planted}}"]}""", """{"items":["email is \u0022joann@acme.co\u0022"]}""", ""];

        await log.AppendAsync([.. answers.Select((answer, i) => OperationsStoreContract.Score($"new-{i}", Day.At(3)) with { AnswerUtf8 = System.Text.Encoding.UTF8.GetBytes(answer) })]);

        string everything = await Tested.EverythingAsync();
        everything.Contains("Hopper", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        everything.Split("(forgotten)").Length.ShouldBe(3);
        everything.ShouldContain("joann@acme.co");
    }

    [ContractFact]
    public async Task Decide_WithAForgottenAddressInItsTexts_IsKeptWithoutIt()
    {
        await PeopleStores.Of(Store).ForgetAsync(null, Ada, Day.At(2));
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").Enters(Funnel.Stages.Stage.MarketingQualified, 1).BuildAlone(), new LeadBuilder("b").BuildAlone()));
        StageDecision decision = Decision("a", Funnel.Stages.Stage.SalesAccepted, 3);

        (await HandOff.DecideAsync(
            decision with { Move = decision.Move with { Actor = $"sales:{Ada}", Reason = $"as {Ada.ToUpperInvariant()} said" }, Note = decision.Note with { Text = $"{Ada} and joann@acme.co" } },
            knownTransitions: 1)).ShouldBeTrue();
        await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, "a", "b", $"both are {Ada}"), Day.At(4));

        (await Tested.EverythingAsync()).Contains(Ada, StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        (await HandOff.ReadDecisionsAsync("a")).ShouldHaveSingleItem().Text.ShouldBe("(forgotten) and joann@acme.co");
        StageTransition move = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Transitions[^1];
        (move.Actor, move.Reason).ShouldBe(("sales:(forgotten)", "as (forgotten) said"));
        (await MergeStores.Of(Store).ListAsync()).ShouldHaveSingleItem().Reason.ShouldBe("both are (forgotten)");
    }
}
