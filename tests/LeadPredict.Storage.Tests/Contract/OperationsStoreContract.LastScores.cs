using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class OperationsStoreContract
{
    [ContractFact]
    public async Task Score_WithAChallengers_IsKeptWithItOrNeitherIs()
    {
        LoggedScore champion = Score("l1", Now) with { AnswerUtf8 = default };
        LoggedScore challenger = champion with { Role = "challenger", Version = 4, Score = 11 };

        (await Store.LastScores.KeepAsync(champion, null, [], challenger)).ShouldBe(Keeping.Kept);
        (await Store.LastScores.KeepAsync(Score("l1", Now.AddHours(1)), null, [Event("e1", "l1")], challenger)).ShouldBe(Keeping.Overtaken);

        (await Store.Scores.OfLeadAsync("l1", 10)).ShouldBe([challenger, champion]);
        (await Store.LastScores.FindAsync("l1")).ShouldBe(new("l1", Now, 72, "SalesAccepted", "call this week"));
        (await Store.Outbox.CountAsync()).ShouldBe((0, 0));
    }

    [ContractFact]
    public async Task Scores_OfSeveralThatReadTheSameLastOne_OneIsKeptAndTheOthersAreTold()
    {
        LastScore? last = null;
        List<string> kept = [];
        for (int round = 0; round < 6; round++)
        {
            // Of later and of earlier instants: what counts is what was read. The first round is a lead's first score.
            Keeping[] told = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Store.LastScores.KeepAsync(
                Score("l1", Now.AddSeconds((i % 2 == 0 ? 1 : -1) * ((10 * round) + i + 1))), last, [Event($"{round}-{i}", "l1")]))));

            told.Count(one => one == Keeping.Kept).ShouldBe(1);
            told.Count(one => one == Keeping.Overtaken).ShouldBe(5);
            kept.Add($"{round}-{Array.IndexOf(told, Keeping.Kept)}");
            last = await Store.LastScores.FindAsync("l1");
            (await Store.Scores.OfLeadAsync("l1", 20)).Count.ShouldBe(round + 1);
        }

        foreach (string id in kept)
        {
            WaitingEvent due = (await Store.Outbox.DueAsync(Now.AddHours(1), 10)).ShouldHaveSingleItem();
            due.Event.EventId.ShouldBe(id, "events are in the order in which their scores were kept");
            await Store.Outbox.DeliveredAsync(due, Now);
        }

        (await Store.Outbox.CountAsync()).ShouldBe((0, 0));
    }

    [ContractFact]
    public async Task Score_AfterOneThatDiffersFromWhatWasRead_IsNotKept()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, []);
        LastScore last = (await Store.LastScores.FindAsync("l1"))!;
        LastScore[] others = [last with { AsOf = Now.AddMicroseconds(1) }, last with { Score = 73 }, last with { NextStage = "SalesQualified" }, last with { NextAction = "call today" }];

        foreach (LastScore other in others)
        {
            (await Store.LastScores.KeepAsync(Score("l1", Now.AddHours(1)), other, [])).ShouldBe(Keeping.Overtaken);
        }

        (await Store.LastScores.KeepAsync(Score("l2", Now.AddHours(1)), last with { LeadId = "l2" }, [])).ShouldBe(Keeping.Overtaken, "the last one is gone");
        (await Store.LastScores.FindAsync("l2")).ShouldBeNull();
        (await Store.LastScores.KeepAsync(Score("l1", Now.AddHours(1)), last, [])).ShouldBe(Keeping.Kept);
    }

    [ContractFact]
    public async Task Lead_ThatIsForgotten_LeavesNoScoreAndNoEvent()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("e1", "l1")]);
        await Store.LastScores.KeepAsync(Score("l2", Now), null, [Event("e2", "l2")]);

        await Store.Scores.ForgetAsync("l1");

        (await Store.Scores.OfLeadAsync("l1", 10)).ShouldBeEmpty();
        (await Store.LastScores.FindAsync("l1")).ShouldBeNull();
        (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem().Event.LeadId.ShouldBe("l2");
    }

    [ContractFact]
    public async Task Lead_ForgottenWhileItIsScored_LeavesNoScoreAndNoEvent()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        for (int round = 0; round < 5; round++)
        {
            string lead = $"lead-{round}";
            await history.AppendAsync(HistoryBatch.Of(new LeadBuilder(lead).BuildAlone()));
            Task<Keeping>[] scoring = [.. Enumerable.Range(0, 12).Select(i => Store.LastScores.KeepAsync(Score(lead, Now.AddSeconds(i)), null, [Event($"{lead}-{i}", lead)]))];
            Task forgetting = PeopleStores.Of(history).ForgetAsync(lead, null, Now);
            await Task.WhenAll([.. scoring, forgetting]);

            (await Store.LastScores.KeepAsync(Score(lead, Now.AddHours(1)), null, [Event($"{lead}-late", lead)])).ShouldBe(Keeping.Forgotten);
            (await Store.Scores.OfLeadAsync(lead, 20)).ShouldBeEmpty();
            (await Store.LastScores.FindAsync(lead)).ShouldBeNull();
            (await Store.Outbox.DueAsync(Now.AddDays(1), 20)).ShouldBeEmpty();
        }
    }

    [ContractFact]
    public async Task Leads_NeverScoredOrLongAgo_AreDue()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        await history.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        await history.AppendAsync(HistoryBatch.Of(new LeadBuilder("b").BuildAlone()));
        await history.AppendAsync(HistoryBatch.Of(new LeadBuilder("c").BuildAlone()));
        (await Store.LastScores.DueAsync(Now, Now, 10)).ShouldBe(["a", "b", "c"], ignoreOrder: true);

        await Store.LastScores.KeepAsync(Score("a", Now), null, []);
        await Store.LastScores.KeepAsync(Score("b", Now.AddHours(-1)), null, []);
        (await Store.LastScores.DueAsync(Now, Now, 10)).ShouldBe(["c", "b"], "a lead that never gets a score keeps no other from one");
        (await Store.LastScores.DueAsync(Now, Now, 1)).ShouldBe(["c"]);
        (await Store.LastScores.DueAsync(Now, Now, 1, new HashSet<string> { "c", "other" })).ShouldBe(["b"]);
        (await Store.LastScores.DueAsync(Now, Now, 1, new HashSet<string> { "b", "c" })).ShouldBeEmpty();
        await Store.LastScores.KeepAsync(Score("c", Now), null, []);
        (await Store.LastScores.DueAsync(Now, Now, 10)).ShouldBe(["b"]);
    }

    [ContractFact]
    public async Task Leads_ScoredWhileAClockWasAhead_AreDueAndScoredAsOfNow()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        await history.AppendAsync(HistoryBatch.Of(
            [.. new[] { "ahead", "skewed", "merged" }.Select(id => new LeadBuilder(id).BuildAlone()), new LeadBuilder("unknown", created: 9999).BuildAlone()]));
        foreach (string lead in new[] { "ahead", "merged", "unknown" })
        {
            await Store.LastScores.KeepAsync(Score(lead, Now.AddDays(3)), null, []);
        }

        await Store.LastScores.KeepAsync(Score("skewed", Now + LastScore.Skew), null, []);
        await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "skewed", "merged", "")], Now);

        (await Store.LastScores.DueAsync(Now.AddDays(-1), Now, 10)).ShouldBe(["ahead"]);
        (await Store.LastScores.KeepAsync(Score("ahead", Now), await Store.LastScores.FindAsync("ahead"), [])).ShouldBe(Keeping.Kept);
        (await Store.LastScores.DueAsync(Now.AddDays(-1), Now, 10)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Leads_MergedAway_AreNotDue()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        await history.AppendAsync(HistoryBatch.Of([.. new[] { "kept", "merged", "other" }.Select(id => new LeadBuilder(id).BuildAlone())]));
        await Store.LastScores.KeepAsync(Score("merged", Now.AddHours(-9)), null, []);
        await Store.LastScores.KeepAsync(Score("kept", Now.AddHours(-3)), null, []);
        await Store.LastScores.KeepAsync(Score("other", Now.AddHours(-2)), null, []);
        await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "kept", "merged", "")], Now);

        (await Store.LastScores.DueAsync(Now, Now, 2)).ShouldBe(["other"]);
        (await Store.LastScores.ChangedAsync(Now, 2)).ShouldBe(["kept"]);
    }

    /// <summary>Whoever objects is told nothing of any more, by whatever way the objection comes; what was told again of one that was lifted withdraws nothing.</summary>
    [ContractFact]
    public async Task Objection_ThatIsAdded_WithdrawsWhatWaits()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        LeadHistory objecting = new LeadBuilder("a").Has(ProfilingObjection.Attribute, "yes", 5).Build();
        await history.AppendAsync(new() { Leads = [objecting.Lead, .. new[] { "b", "c" }.Select(id => new LeadBuilder(id).Build().Lead)] });
        await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "c", "a", "")], Now);
        await WaitsAsync("b", 1);
        await WaitsAsync("c", 2);

        await history.AppendAsync(new() { Attributes = [.. objecting.Attributes, .. new LeadBuilder("b").Has(ProfilingObjection.Attribute, "no", 5).Build().Attributes] });

        (await Store.Outbox.DueAsync(Now.AddHours(1), 10)).Select(due => due.Event.LeadId).ShouldBe(["b"], "a is read as c");
        await WaitsAsync("c", 3);
        await history.AppendAsync(new() { Attributes = objecting.Attributes });
        (await Store.Outbox.CountAsync()).Waiting.ShouldBe(2);

        async Task WaitsAsync(string lead, int nth) => await Store.LastScores.KeepAsync(Score(lead, Now.AddSeconds(nth)), await Store.LastScores.FindAsync(lead), [Event($"e{nth}", lead)]);
    }
}
