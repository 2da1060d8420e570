using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Boards;
using LeadPredict.Storage.Merges;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class HistoryStoreContract
{
    /// <summary>Histories with moves in any order, late records and merged leads: whoever stands from MQL to opportunity is there, whole and in order, and so is every won deal.</summary>
    [ContractFact]
    public async Task ReadAccountsInPlay_AtAnyInstant_MissesNoOpenLeadAndNoDeal()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(150, seed: 12)];
        await Store.AppendAsync(HistoryBatch.Of(accounts) with { Outcomes = [.. accounts.SelectMany(account => account.Leads).SelectMany(Deals)] });
        IMergeStore merges = MergeStores.Of(Store);
        foreach (AccountHistory account in accounts.Where(account => account.Leads.Count > 1).Take(20))
        {
            await MergeAsync(merges, new(MergeKind.Lead, account.Leads[0].Lead.Id, account.Leads[1].Lead.Id, "same person"), Day.At(500));
        }

        List<AccountHistory> all = await ReadAllAsync();
        foreach (double day in new[] { 40.5, 180.25, 401.0 })
        {
            List<AccountHistory> read = await Store.ReadAccountsInPlayAsync(Day.At(day)).ToListAsync();
            HashSet<string> keys = [.. read.Select(account => account.GroupKey)];

            Shown(read).ShouldBe(Shown([.. all.Where(account => keys.Contains(account.GroupKey))]));
            keys.Count.ShouldBeLessThan(all.Count);
            all.Where(account => account.Leads.Any(lead => IsInPlay(account, lead, Day.At(day)))).Select(account => account.GroupKey).ShouldBeSubsetOf(keys);
        }
    }

    [ContractFact]
    public async Task CountCalled_CountsEachLeadOnce()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").Touched("call", 1).Touched("call", 2).Touched("meeting", 3).BuildAlone(),
            new LeadBuilder("b").Touched("meeting", 2).BuildAlone(),
            new LeadBuilder("c").Touched("page_view", 2).Touched("call", 4).BuildAlone()));

        (await BoardStores.Of(Store).CountCalledAsync(Day.At(1), Day.At(4))).ShouldBe(2);
        (await BoardStores.Of(Store).CountCalledAsync(Day.At(3.5), Day.At(9))).ShouldBe(1);
        (await BoardStores.Of(Store).CountCalledAsync(Day.At(5), Day.At(9))).ShouldBe(0);
    }

    private static bool IsInPlay(AccountHistory account, LeadHistory lead, DateTimeOffset asOf) =>
        Snapshot.Take(account, lead, asOf).Stage is >= Stage.MarketingQualified and <= Stage.Opportunity || lead.Outcomes.Any(outcome => outcome is { Won: true, Amount: not null });
}
