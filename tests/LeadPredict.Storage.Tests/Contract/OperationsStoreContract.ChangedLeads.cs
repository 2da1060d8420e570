using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class OperationsStoreContract
{
    /// <summary>The mark is written with the history, so it is there whatever becomes of who took it.</summary>
    [ContractFact]
    public async Task Lead_WhoseHistoryChanged_IsMarkedUntilItIsScored()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        LeadHistory[] leads = [.. new[] { "a", "b", "c", "d" }.Select(id => new LeadBuilder(id).Touched("call", 1).Build())];
        await history.AppendAsync(HistoryBatch.Of([.. leads.Select(lead => new AccountHistory(null, [lead]))]));
        (await ChangedAsync()).ShouldBeEmpty("they were never scored");
        foreach (LeadHistory lead in leads)
        {
            await Store.LastScores.KeepAsync(Score(lead.Lead.Id, Now), null, []);
        }

        // An import tells everything again, and something new of b; what is told of c waited for its other name.
        await history.AppendAsync(new() { Delivered = true, Touches = new LeadBuilder("anon").Touched("form", 2).Build().Touches });
        await history.AppendAsync(HistoryBatch.Of([.. leads.Select(lead => new AccountHistory(null, [lead]))]));
        (await ChangedAsync()).ShouldBeEmpty();
        await history.AppendAsync(new() { Touches = [.. leads.SelectMany(lead => lead.Touches), .. new LeadBuilder("b").Touched("call", 1).Touched("form", 2).Build().Touches] });
        await history.AppendAsync(new() { Delivered = true, Aliases = [new("anon", "c")] });
        (await ChangedAsync()).ShouldBe(["b", "c"]);
        (await Store.LastScores.ChangedAsync(Now, 1, new HashSet<string> { "b" })).ShouldBe(["c"]);

        // A lead that is told again takes what it lacked.
        await history.AppendAsync(new() { FillsLeads = true, Leads = [new LeadBuilder("a").From("web").Build().Lead, new LeadBuilder("d").Build().Lead] });
        (await ChangedAsync()).ShouldBe(["a", "b", "c"]);
        await Store.LastScores.KeepAsync(Score("a", Now), await Store.LastScores.FindAsync("a"), []);

        // What comes between reading and keeping is not lost.
        LastScore read = (await Store.LastScores.FindAsync("b"))!;
        await history.AppendAsync(new() { Touches = new LeadBuilder("b").Touched("call", 1).Touched("form", 2).Touched("call", 3).Build().Touches });
        (await Store.LastScores.KeepAsync(Score("b", Now.AddHours(1)), read, [Event("e", "b")])).ShouldBe(Keeping.Overtaken);
        (await Store.LastScores.KeepAsync(Score("b", Now.AddHours(1)), await Store.LastScores.FindAsync("b"), [])).ShouldBe(Keeping.Kept);
        (await ChangedAsync()).ShouldBe(["c"]);
        (await Store.Outbox.CountAsync()).Waiting.ShouldBe(0);

        // Merged and parted, both are others than they were.
        await Store.LastScores.KeepAsync(Score("c", Now.AddHours(1)), await Store.LastScores.FindAsync("c"), []);
        Merge merge = (await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "a", "d", "")], Now))[0];
        (await ChangedAsync()).ShouldBe(["a"]);
        await Store.LastScores.KeepAsync(Score("a", Now.AddHours(1)), await Store.LastScores.FindAsync("a"), []);
        await history.AppendAsync(new() { Touches = new LeadBuilder("d").Touched("call", 1).Touched("call", 3).Build().Touches });
        (await ChangedAsync()).ShouldBe(["a"]);
        await Store.LastScores.KeepAsync(Score("a", Now.AddHours(2)), await Store.LastScores.FindAsync("a"), []);
        await MergeStores.Of(history).UndoAsync(merge.Id, Now);
        (await ChangedAsync()).ShouldBe(["a", "d"]);

        async Task<string[]> ChangedAsync() => [.. (await Store.LastScores.ChangedAsync(Now, 10)).Order()];
    }

    /// <summary>What a lead did counts for its account, also while it has no score yet.</summary>
    [ContractFact]
    public async Task Lead_WhoseColleagueWithoutAScoreChanges_IsMarked()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        await history.AppendAsync(new() { Leads = [.. new[] { ("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", null) }.Select(lead => new LeadBuilder(lead.Item1, account: lead.Item2).Build().Lead)] });
        foreach (string lead in new[] { "a", "b", "c", "e" })
        {
            await Store.LastScores.KeepAsync(Score(lead, Now), null, []);
        }

        HistoryBatch more = HistoryBatch.Of(new LeadBuilder("x2", account: "x").Touched("call", 1).BuildAlone(), new LeadBuilder("z2", account: "z").BuildAlone(), new LeadBuilder("alone").BuildAlone());
        await history.AppendAsync(more);
        (await TakeChangedAsync()).ShouldBe(["a"], "b is scored with it");
        await history.AppendAsync(more);
        (await TakeChangedAsync()).ShouldBeEmpty();
        await history.AppendAsync(new() { Touches = new LeadBuilder("x2").Touched("call", 1).Touched("form", 2).Build().Touches });
        (await TakeChangedAsync()).ShouldBe(["a"]);
        await history.AppendAsync(new() { FillsLeads = true, Leads = [new LeadBuilder("alone", account: "y").Build().Lead] });
        (await TakeChangedAsync()).ShouldBe(["c"]);

        // More than are inserted one by one.
        await history.AppendAsync(HistoryBatch.Of([.. more.Leads.Select(lead => new LeadBuilder(lead.Id).BuildAlone()), .. Enumerable.Range(0, 50).Select(i => new LeadBuilder($"l{i}", account: i == 7 ? "y" : null).BuildAlone())]));
        (await TakeChangedAsync()).ShouldBe(["c"]);

        async Task<IReadOnlyList<string>> TakeChangedAsync()
        {
            IReadOnlyList<string> changed = await Store.LastScores.ChangedAsync(Now, 10);
            foreach (string lead in changed)
            {
                await Store.LastScores.KeepAsync(Score(lead, Now), await Store.LastScores.FindAsync(lead), []);
            }

            return changed;
        }
    }

    /// <summary>What a lead did counts for its account, and no more once it is forgotten.</summary>
    [ContractFact]
    public async Task Lead_WhoseColleagueIsForgotten_IsMarked()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        await history.AppendAsync(new()
        {
            Leads = [.. new[] { ("a", "x"), ("b", "x"), ("c", "x"), ("d", "y"), ("e", null) }.Select(lead => new LeadBuilder(lead.Item1, account: lead.Item2).Build().Lead)],
        });
        foreach (string lead in new[] { "b", "c", "d", "e" })
        {
            await Store.LastScores.KeepAsync(Score(lead, Now), null, []);
        }

        await PeopleStores.Of(history).ForgetAsync("e", null, Now);
        (await Store.LastScores.ChangedAsync(Now, 10)).ShouldBeEmpty();
        await PeopleStores.Of(history).ForgetAsync("a", null, Now);
        (await Store.LastScores.ChangedAsync(Now, 10)).ShouldBe(["b"], "c is scored with it");
    }
}
