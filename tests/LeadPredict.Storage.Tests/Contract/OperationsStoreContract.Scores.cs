using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class OperationsStoreContract
{
    [ContractFact]
    public async Task Scores_ThatAreLogged_AreReadBackByLeadAndByModel()
    {
        LoggedScore[] scores = [.. Enumerable.Range(0, 12_000).Select(i => Score($"l{i % 7}", Now.AddSeconds(i / 3)))];
        await Store.Scores.AppendAsync([.. scores, Score("l1", Now) with { Model = "other" }]);

        List<LoggedScore> read = [];
        await foreach (LoggedScore score in Store.Scores.OfModelAsync("leads", Now.AddSeconds(1)))
        {
            read.Add(score);
        }

        read.ShouldBe(scores.Skip(3).Select(score => score with { AnswerUtf8 = default }));
        IReadOnlyList<LoggedScore> ofLead = await Store.Scores.OfLeadAsync("l1", 2);
        ofLead.Select(score => score.At).ShouldBe(scores.Where(score => score.LeadId == "l1").Reverse().Take(2).Select(score => score.At));
        (await Store.Scores.RemoveBeforeAsync(Now.AddSeconds(1), 2)).ShouldBe(2);
        (await Store.Scores.RemoveBeforeAsync(Now.AddSeconds(1), 3)).ShouldBe(2, "those of the other model too");
        (await Store.Scores.RemoveBeforeAsync(Now.AddSeconds(1), 3)).ShouldBe(0);
        (await Store.Scores.OfLeadAsync("l3", 10_000)).Count.ShouldBe(scores.Count(score => score.LeadId == "l3"), "it was given at that instant");
    }

    [ContractFact]
    public async Task Scores_OfOneWhoObjects_AreReadBackAsNone()
    {
        LoggedScore none = Score("l1", Now) with { Fingerprint = "", Score = null, Grade = null, Points = null, Sql = null, Close = null, AnswerUtf8 = default };
        await Store.Scores.AppendAsync([none]);
        (await Store.LastScores.KeepAsync(none with { At = Now.AddDays(1), AsOf = Now.AddDays(1) }, null, [])).ShouldBe(Keeping.Kept);

        (await Store.Scores.OfLeadAsync("l1", 2)).ShouldBe([none with { At = Now.AddDays(1), AsOf = Now.AddDays(1) }, none]);
    }

    [ContractFact]
    public async Task Events_ThatAreOld_AreRemovedOnceDelivered()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("e1", "l1"), Event("e2", "l1"), Event("e3", "l1"), Event("e4", "l1")]);
        await Store.Outbox.DeliveredAsync(await FirstAsync(), Now);
        await Store.Outbox.DeliveredAsync(await FirstAsync(), Now.AddDays(1));
        await Store.Outbox.FailedAsync(await FirstAsync(), "gone", null, Now);

        (await Store.Outbox.RemoveDeliveredBeforeAsync(Now.AddDays(1), 10)).ShouldBe(1);
        (await Store.Outbox.RemoveDeliveredBeforeAsync(Now.AddDays(2), 10)).ShouldBe(1);
        (await Store.Outbox.RemoveDeliveredBeforeAsync(Now.AddDays(9), 10)).ShouldBe(0);
        (await Store.Outbox.CountAsync()).ShouldBe((1, 1));
    }

    [ContractFact]
    public async Task Events_DeliveredAfterOnesGivenUp_TellAsLongAsThoseThatTheyAreOvertaken()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("first", "l1"), Event("old", "l1"), Event("new", "l1"), Event("newest", "l1"), Event("last", "l1")]);
        await Store.LastScores.KeepAsync(Score("l2", Now), null, [Event("other", "l2")]);
        await Store.Outbox.DeliveredAsync(await FirstAsync(), Now);
        await Store.Outbox.FailedAsync(await FirstAsync(), "answered 410", null, Now);
        await Store.Outbox.DeliveredAsync(await FirstAsync(), Now);
        await Store.Outbox.DeliveredAsync(await FirstAsync(), Now);
        await Store.Outbox.FailedAsync(await FirstAsync(), "answered 410", null, Now);
        await Store.Outbox.DeliveredAsync((await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem(), Now);

        (await Store.Outbox.RemoveDeliveredBeforeAsync(Now.AddDays(9), 10)).ShouldBe(3, "all but the newest");
        (await Store.Outbox.ReviveAsync(Now, latestOnly: true)).ShouldBe(1);
        (await FirstAsync()).Event.EventId.ShouldBe("last", "the old one would overwrite the newest");
        (await Store.Outbox.RemoveDeliveredBeforeAsync(Now.AddDays(9), 10)).ShouldBe(1);
    }

    [ContractFact]
    public async Task Event_WithdrawnWhileItIsSent_LeavesItsOutcomeToNoOther()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("e1", "l1")]);
        WaitingEvent sent = await FirstAsync();
        (await Store.Outbox.WithdrawAsync("l1")).ShouldBe(1);
        await Store.LastScores.KeepAsync(Score("l2", Now), null, [Event("e2", "l2")]);

        await Store.Outbox.FailedAsync(sent, "answered 410", null, Now);
        await Store.Outbox.DeliveredAsync(sent, Now);

        WaitingEvent other = (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem();
        (other.Event.EventId, other.Attempts, other.Error).ShouldBe(("e2", 0, null));
    }

    [ContractFact]
    public async Task Events_ThatAreWithdrawn_AreGoneButForThoseDelivered()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("e1", "l1"), Event("e2", "l1"), Event("e3", "l1")]);
        await Store.LastScores.KeepAsync(Score("l2", Now), null, [Event("e4", "l2")]);
        IReadOnlyList<WaitingEvent> due = await Store.Outbox.DueAsync(Now, 10);
        await Store.Outbox.DeliveredAsync(due[0], Now);
        await Store.Outbox.FailedAsync((await Store.Outbox.DueAsync(Now, 10))[0], "answered 410", null, Now);

        (await Store.Outbox.WithdrawAsync("l1")).ShouldBe(2);

        (await Store.Outbox.CountAsync()).ShouldBe((1, 0));
        (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem().Event.EventId.ShouldBe("e4");
    }

    [ContractFact]
    public async Task Events_OfALead_AreDueOneAfterTheOther()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("e1", "l1"), Event("e2", "l1")]);
        await Store.LastScores.KeepAsync(Score("l2", Now), null, [Event("e3", "l2")]);
        await Store.LastScores.KeepAsync(Score("l2", Now.AddMinutes(1)), await Store.LastScores.FindAsync("l2"), [Event("e3", "l2")]);

        IReadOnlyList<WaitingEvent> due = await Store.Outbox.DueAsync(Now, 10);
        due.Select(one => one.Event.EventId).ShouldBe(["e1", "e3"]);
        await Store.Outbox.FailedAsync(due[0], "answered 500", Now.AddMinutes(5), Now);
        (await Store.Outbox.DueAsync(Now.AddMinutes(4), 10)).Select(one => one.Event.EventId).ShouldBe(["e3"], "the second waits for the first");
        (await Store.Outbox.DueAsync(Now.AddMinutes(5), 10)).Count.ShouldBe(2);

        await Store.Outbox.FailedAsync(due[0], "answered 410", null, Now);
        (await Store.Outbox.DueAsync(Now.AddMinutes(5), 10)).Select(one => one.Event.EventId).ShouldBe(["e3", "e2"], ignoreOrder: true);
        (await Store.Outbox.DeadAsync(10)).ShouldHaveSingleItem().ShouldBe(due[0] with { Attempts = 2, Error = "answered 410" });
        (await Store.Outbox.ReviveAsync(Now, latestOnly: true)).ShouldBe(1);
        await Store.Outbox.DeliveredAsync(due[0], Now);
        (await Store.Outbox.CountAsync()).ShouldBe((2, 0));
    }

    [ContractFact]
    public async Task Events_ThatAClockAheadPutOff_AreDue()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now) with { AsOf = Now.AddMinutes(1) }, null, [Event("e1", "l1") with { CreatedAt = Now.AddMinutes(1) }]);
        WaitingEvent due = (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem("it is due when it was written");

        await Store.Outbox.FailedAsync(due, "answered 500", Now.AddMinutes(75), Now);
        (await Store.Outbox.DueAsync(Now, 10)).ShouldBeEmpty();
        await Store.Outbox.FailedAsync(due, "answered 500", Now.AddDays(9), Now.AddDays(9));
        (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem().Attempts.ShouldBe(2);
    }

    [ContractFact]
    public async Task Events_GivenUp_WithALaterOneDelivered_AreRemovedWhereTheyWouldOverwriteIt()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("old", "l1"), Event("new", "l1"), Event("newest", "l1")]);
        WaitingEvent old = (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem();
        await Store.Outbox.FailedAsync(old, "answered 410", null, Now);
        await Store.Outbox.DeliveredAsync((await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem(), Now);
        await Store.Outbox.FailedAsync((await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem(), "answered 410", null, Now);

        (await Store.Outbox.ReviveAsync(Now, latestOnly: true)).ShouldBe(1);
        (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem().Event.EventId.ShouldBe("newest");
        (await Store.Outbox.CountAsync()).ShouldBe((1, 0));
        (await Store.Outbox.ReviveAsync(Now, latestOnly: false)).ShouldBe(0);
    }

    [ContractFact]
    public async Task Events_PutBackInLineWhileALaterOneIsSent_AreRemovedWhereTheyWouldOverwriteIt()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("old", "l1"), Event("new", "l1"), Event("newest", "l1")]);
        await Store.LastScores.KeepAsync(Score("l2", Now), null, [Event("other", "l2")]);
        await Store.Outbox.FailedAsync(await FirstAsync(), "answered 410", null, Now);
        WaitingEvent sent = (await Store.Outbox.DueAsync(Now, 10)).Single(one => one.Event.EventId == "new");

        (await Store.Outbox.ReviveAsync(Now, latestOnly: true)).ShouldBe(1);
        await Store.Outbox.DeliveredAsync(sent, Now, latestOnly: true);

        (await Store.Outbox.DueAsync(Now, 10)).Select(one => one.Event.EventId).ShouldBe(["newest", "other"], ignoreOrder: true);
        (await Store.Outbox.CountAsync()).ShouldBe((2, 0));
    }

    [ContractFact]
    public async Task Events_PutBackInLineWhileALaterOneIsSent_AreSentWhereEachTellsItsOwn()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("old", "l1"), Event("new", "l1")]);
        await Store.Outbox.FailedAsync(await FirstAsync(), "answered 410", null, Now);
        WaitingEvent sent = await FirstAsync();

        (await Store.Outbox.ReviveAsync(Now, latestOnly: false)).ShouldBe(1);
        await Store.Outbox.DeliveredAsync(sent, Now);

        (await FirstAsync()).Event.EventId.ShouldBe("old");
    }

    [ContractFact]
    public async Task Events_GivenUp_WithALaterOneDelivered_AreTriedAgainWhereEachTellsItsOwn()
    {
        await Store.LastScores.KeepAsync(Score("l1", Now), null, [Event("old", "l1"), Event("new", "l1")]);
        await Store.Outbox.FailedAsync((await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem(), "answered 410", null, Now);
        await Store.Outbox.DeliveredAsync((await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem(), Now);

        (await Store.Outbox.ReviveAsync(Now, latestOnly: false)).ShouldBe(1);
        (await Store.Outbox.DueAsync(Now, 10)).ShouldHaveSingleItem().Event.EventId.ShouldBe("old");
    }

    [ContractFact]
    public async Task Work_ThatOneMayDo_IsOneOwnersUntilItIsLetGo()
    {
        (await TakeAsync("a", 0)).ShouldBeTrue();
        (await TakeAsync("b", 0)).ShouldBeFalse();
        (await TakeAsync("a", 10)).ShouldBeTrue();
        (await TakeAsync("b", 35)).ShouldBeFalse();
        (await TakeAsync("b", 40)).ShouldBeTrue();
    }

    [ContractFact]
    public async Task Work_TakenWhileAClockWasAhead_IsTakenOverWhenItIsRight()
    {
        (await TakeAsync("a", 86_400)).ShouldBeTrue();
        (await TakeAsync("b", 0)).ShouldBeTrue();
        (await TakeAsync("c", -20)).ShouldBeFalse("a clock may have been put back a little");
    }

    /// <summary>Takes the right for half a minute at a second of the store's clock.</summary>
    private async Task<bool> TakeAsync(string owner, int second)
    {
        await PassAsync(second - _second);
        _second = second;
        return await Store.Outbox.TakeAsync("w", owner, Now.AddSeconds(second), TimeSpan.FromSeconds(30));
    }

    /// <summary>The first lead's event that is due.</summary>
    private async Task<WaitingEvent> FirstAsync() => (await Store.Outbox.DueAsync(Now, 10)).First(due => due.Event.LeadId == "l1");

    private static OutboxEvent Event(string id, string lead) => new(id, lead, "score.crossed", """{"a":1}""", Now);

    internal static LoggedScore Score(string lead, DateTimeOffset at) => new()
    {
        At = at,
        LeadId = lead,
        AsOf = at,
        Model = "leads",
        Version = 3,
        Hash = "h",
        Role = "champion",
        Origin = "served",
        Fingerprint = "f",
        Stage = "MarketingQualified",
        Score = 72,
        Grade = "B",
        Points = 54.5,
        Sql = 0.1 + 0.2,
        Close = 0.137,
        NextStage = "SalesAccepted",
        NextAction = "call this week",
        AnswerUtf8 = """{"leadId":"ü"}"""u8.ToArray(),
    };
}
