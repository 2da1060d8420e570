using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>Duplicates read as one.</summary>
public abstract partial class PeopleStoreContract
{
    [ContractFact]
    public async Task Merge_TwoLeadsOfOnePerson_IsHonouredByEveryReadAndUndoneExactly()
    {
        AccountHistory acme = new HistoryBuilder("acme")
            .With("ann", 1, lead => lead.Has("email", "a@x.example").Touched("call", 3).Enters(Stage.MarketingQualified, 5))
            .With("bob", 2, lead => lead.Touched("call", 4)).Build();
        AccountHistory alone = new LeadBuilder("ann-2", created: 0).From("ads").Has("email", "a@x.example").Touched("meeting", 2).BuildAlone();
        await Store.AppendAsync(HistoryBatch.Of(acme, alone));
        string before = Shown(await ReadAllAsync());
        IMergeStore merges = MergeStores.Of(Store);

        Merge merge = await MergeAsync(merges, new(MergeKind.Lead, "ann", "ann-2", "same e-mail"), Day.At(9));

        AccountHistory read = (await ReadAllAsync()).ShouldHaveSingleItem();
        LeadHistory ann = read.Leads[0];
        (ann.Lead.Id, ann.Lead.CreatedAt, ann.Lead.Source).ShouldBe(("ann", Day.At(0), "ads"));
        ann.Touches.Select(touch => touch.Type).ShouldBe(["meeting", "call"]);
        ann.MergedIds.ShouldBe(["ann-2"]);
        (await Store.FindAccountOfLeadAsync("ann-2"))!.Find("ann-2")!.Lead.Id.ShouldBe("ann");
        (await Store.SummarizeAsync()).Leads.ShouldBe(2);
        (await Store.ReadLeadIdsAsync().ToListAsync()).ShouldBe(["ann", "bob"]);

        (await merges.UndoAsync(merge.Id, Day.At(10))).ShouldBeTrue();
        (await merges.UndoAsync(merge.Id, Day.At(10))).ShouldBeFalse();
        Shown(await ReadAllAsync()).ShouldBe(before);
        (await merges.ListAsync()).ShouldHaveSingleItem().UndoneAt.ShouldBe(Day.At(10));
    }

    [ContractFact]
    public async Task FindRecord_OfNamesThatASenderMerged_TellsWhichIsLeftThere()
    {
        static LeadAlias Told(string name, string lead, string? survivor = null) =>
            new(name, lead) { Merge = new("merged elsewhere", Day.At(3)) { Survivor = survivor } };
        IMergeStore merges = MergeStores.Of(Store);
        await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("a").Build().Lead], Aliases = [Told("b", "a", "c"), Told("c", "a", "c"), new("x", "a")] });
        await Store.AppendAsync(new() { Delivered = true, Aliases = [Told("b", "z"), Told("d", "c")] });

        SenderRecord[] found = [.. await Task.WhenAll("abcdzx".Select(name => merges.FindRecordAsync(name.ToString())))];

        found.ShouldBe([SenderRecord.Merged, SenderRecord.Merged, SenderRecord.Survivor, SenderRecord.Merged, SenderRecord.Untold, SenderRecord.Untold]);
        await PeopleStores.Of(Store).ForgetAsync("a", null, Day.At(4));
        (await Task.WhenAll("abcd".Select(name => merges.FindRecordAsync(name.ToString())))).ShouldAllBe(record => record == SenderRecord.Untold);
    }

    [ContractFact]
    public async Task Merge_ThatASenderTells_IsOneOfKnownLeadsAndAnAliasOfOthers()
    {
        static HistoryBatch Told(params (string Merged, string Kept)[] pairs) => new()
        {
            Delivered = true,
            TellStates = true,
            Aliases = [.. pairs.Select(pair => new LeadAlias(pair.Merged, pair.Kept) { Merge = new("merged elsewhere", Day.At(3)) })],
        };
        await Store.AppendAsync(new() { Leads = [.. "abc".Select(id => new LeadBuilder(id.ToString()).Build().Lead)] });
        await Store.AppendAsync(new() { Delivered = true, Touches = new LeadBuilder("y").Touched("call", 1).Build().Touches });

        AppendResult first = await Store.AppendAsync(Told(("b", "a"), ("x", "b"), ("c", "y")));
        AppendResult again = await Store.AppendAsync(Told(("b", "a"), ("x", "b"), ("c", "y"), ("x", "y")));

        first.States!.Aliases.ShouldAllBe(state => state == RowState.Added);
        again.States!.Aliases.ShouldBe([RowState.Known, RowState.Known, RowState.Known, RowState.Added]);
        LeadHistory read = (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem();
        read.Touches.ShouldHaveSingleItem().Type.ShouldBe("call");
        IMergeStore merges = MergeStores.Of(Store);
        foreach (Merge merge in await merges.ListAsync())
        {
            (await merges.UndoAsync(merge.Id, Day.At(4))).ShouldBeTrue(merge.ToString());
        }

        (await ReadAllAsync()).Sum(account => account.Leads.Count).ShouldBe(3);
    }

    /// <summary>One of the two is read as another lead by then, or was when they were merged.</summary>
    [ContractFact]
    public async Task Merge_ThatWasTakenBack_DoesNotComeBackWhenItIsToldAgain()
    {
        IMergeStore merges = MergeStores.Of(Store);
        HistoryBatch told = new() { Delivered = true, TellStates = true, Aliases = [new("b", "a") { Merge = new("merged elsewhere", Day.At(3)) }] };
        await Store.AppendAsync(new() { Leads = [.. "abcd".Select(id => new LeadBuilder(id.ToString()).Build().Lead)] });
        await Store.AppendAsync(told);
        await merges.UndoAsync((await merges.ListAsync())[0].Id, Day.At(4));

        await MergeAsync(merges, new(MergeKind.Lead, "c", "a", ""), Day.At(5));
        (await Store.AppendAsync(told)).States!.Aliases.ShouldBe([RowState.Known]);
        await MergeAsync(merges, new(MergeKind.Lead, "d", "b", ""), Day.At(5));
        (await Store.AppendAsync(told)).States!.Aliases.ShouldBe([RowState.Known]);
        await MergeAsync(merges, new(MergeKind.Lead, "d", "c", ""), Day.At(6));
        Merge[] open = [.. (await merges.ListAsync()).Where(merge => merge.UndoneAt is null)];
        open.Length.ShouldBe(3);

        // Told while they were parts of others, it was a merge of those.
        await merges.UndoAsync(open[^1].Id, Day.At(7));
        HistoryBatch parts = told with { Aliases = [new("b", "a") { Merge = new("merged in another system", Day.At(7)) }] };
        (await Store.AppendAsync(parts)).States!.Aliases.ShouldBe([RowState.Added]);
        Merge made = (await merges.ListAsync())[^1];
        (made.Kept, made.Merged).ShouldBe(("c", "d"));
        await merges.UndoAsync(made.Id, Day.At(8));
        (await Store.AppendAsync(parts)).States!.Aliases.ShouldBe([RowState.Known]);
    }

    [ContractFact]
    public async Task Merge_RowsThatComeMeanwhile_GoBackWithTheirLead()
    {
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("a").Build().Lead, new LeadBuilder("b").Build().Lead] });
        Merge merge = await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, "a", "b", ""), Day.At(1));
        await Store.AppendAsync(new() { Touches = new LeadBuilder("b").Touched("call", 1).Build().Touches });

        (await Store.FindAccountOfLeadAsync("a"))!.Leads[0].Touches.Count.ShouldBe(1);
        await MergeStores.Of(Store).UndoAsync(merge.Id, Day.At(2));

        (await Store.FindAccountOfLeadAsync("a"))!.Leads[0].Touches.ShouldBeEmpty();
        (await Store.FindAccountOfLeadAsync("b"))!.Leads[0].Touches.Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task Merge_ChainOfMerges_IsUndoneLinkByLink()
    {
        await Store.AppendAsync(new() { Leads = [.. "abc".Select(id => new LeadBuilder(id.ToString()).Build().Lead)] });
        IMergeStore merges = MergeStores.Of(Store);
        await MergeAsync(merges, new(MergeKind.Lead, "b", "a", ""), Day.At(1));
        Merge upper = await MergeAsync(merges, new(MergeKind.Lead, "c", "b", ""), Day.At(1));
        (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem().MergedIds.ShouldBe(["a", "b"]);

        await Should.ThrowAsync<MergeRefusedException>(() => MergeAsync(merges, new(MergeKind.Lead, "a", "c", ""), Day.At(1)));
        await Should.ThrowAsync<MergeRefusedException>(() => MergeAsync(merges, new(MergeKind.Lead, "a", "nobody", ""), Day.At(1)));
        await merges.UndoAsync(upper.Id, Day.At(2));

        (await ReadAllAsync()).Select(account => string.Join('+', account.Leads[0].MergedIds.Prepend(account.Leads[0].Lead.Id))).ShouldBe(["b+a", "c"]);
    }

    [ContractFact]
    public async Task Merge_AccountsAndLeadsWithoutOne_AreReadAsOneCompany()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new HistoryBuilder("acme").With("ann", 1).Build(), new HistoryBuilder("acme-gmbh").With("bob", 1).Build(), new LeadBuilder("eve").BuildAlone()));
        string before = Shown(await ReadAllAsync());
        IMergeStore merges = MergeStores.Of(Store);

        Merge accounts = await MergeAsync(merges, new(MergeKind.Account, "acme", "acme-gmbh", "same domain"), Day.At(1));
        Merge attached = await MergeAsync(merges, new(MergeKind.Attach, "acme-gmbh", "eve", "domain of the address"), Day.At(1));
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("late", account: "acme-gmbh").Build().Lead] });

        AccountHistory read = (await ReadAllAsync()).ShouldHaveSingleItem();
        read.Account!.Id.ShouldBe("acme");
        read.Leads.Select(lead => lead.Lead.Id).ShouldBe(["ann", "bob", "eve", "late"]);
        await merges.UndoAsync(accounts.Id, Day.At(2));
        await merges.UndoAsync(attached.Id, Day.At(2));
        Shown((await ReadAllAsync()).Select(account => new AccountHistory(account.Account, account.Leads.Where(lead => lead.Lead.Id != "late")))).ShouldBe(before);
    }

    [ContractFact]
    public async Task Merge_CompanyOfTheKeptOneIsToldLater_GoesForBoth()
    {
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("keep").Build().Lead, new LeadBuilder("gone").Build().Lead], Touches = new LeadBuilder("gone").Touched("call", 1).Build().Touches });
        await Store.AppendAsync(HistoryBatch.Of(new HistoryBuilder("acme").With("ann", 1).Build()));
        await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, "keep", "gone", ""), Day.At(2));

        await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("keep", account: "acme").Build().Lead] });

        AccountHistory read = (await ReadAllAsync()).ShouldHaveSingleItem();
        read.Leads.Select(lead => $"{lead.Lead.Id} {string.Join(',', lead.MergedIds)} {lead.Touches.Count}").ShouldBe(["ann  0", "keep gone 1"]);
        (await Store.FindAccountOfLeadAsync("gone"))!.GroupKey.ShouldBe(read.GroupKey);
    }

    [ContractFact]
    public async Task Merge_CompanyOfAnAttachedLeadIsToldLater_IsThatOne()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new HistoryBuilder("acme").With("ann", 1).Build(), new HistoryBuilder("globex").With("bob", 1).Build(), new HistoryBuilder("globex-old").With("cy", 1).Build(), new LeadBuilder("eve").BuildAlone()));
        IMergeStore merges = MergeStores.Of(Store);
        await MergeAsync(merges, new(MergeKind.Attach, "acme", "eve", ""), Day.At(1));
        await MergeAsync(merges, new(MergeKind.Account, "globex", "globex-old", ""), Day.At(1));

        await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("eve", account: "globex-old").Build().Lead] });
        string told = Shown(await ReadAllAsync());
        Merge later = await MergeAsync(merges, new(MergeKind.Account, "globex", "acme", ""), Day.At(2));
        await merges.UndoAsync(later.Id, Day.At(3));

        (await Store.FindAccountOfLeadAsync("eve"))!.Account!.Id.ShouldBe("globex");
        Shown(await ReadAllAsync()).ShouldBe(told);
    }

    [ContractFact]
    public async Task Merge_EachOfTwoIntoTheOtherAtOnce_OneIsRefused()
    {
        await Store.AppendAsync(new() { Leads = [.. Enumerable.Range(0, 20).SelectMany(pair => new[] { new LeadBuilder($"p{pair}").Build().Lead, new LeadBuilder($"q{pair}").Build().Lead })] });
        IMergeStore merges = MergeStores.Of(Store);

        for (int pair = 0; pair < 20; pair++)
        {
            bool[] done = await Task.WhenAll(TryMergeAsync($"p{pair}", $"q{pair}"), TryMergeAsync($"q{pair}", $"p{pair}"));
            done.Count(one => one).ShouldBe(1);
        }

        (await Store.ReadLeadIdsAsync().ToListAsync()).Count.ShouldBe(20);

        async Task<bool> TryMergeAsync(string keep, string merge)
        {
            try
            {
                await merges.MergeAsync([new(MergeKind.Lead, keep, merge, "")], Day.At(1));
                return true;
            }
            catch (MergeRefusedException)
            {
                return false;
            }
        }
    }
}
