using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Spool;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>Tests that every kind of store passes, each on an empty store.</summary>
/// <param name="tested">The store, and what the database itself says of it.</param>
public abstract class StoreContract(TestedStore tested) : IAsyncLifetime
{
    protected IHistoryStore Store { get; private set; } = null!;

    private protected TestedStore Tested { get; } = tested;

    public async Task InitializeAsync() => Store = await Tested.OpenEmptyAsync();

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        Tested.Dispose();
    }

    /// <summary>The lead as senders deliver it.</summary>
    protected static HistoryBatch Delivered(LeadHistory lead) => HistoryBatch.Of(new AccountHistory(null, [lead])) with { Delivered = true, TellStates = true };

    protected static string Shown(IEnumerable<AccountHistory> accounts) => string.Join('\n', accounts.SelectMany(account => account.Leads.Select(lead =>
        $"{account.GroupKey} {account.Account?.Id} {lead.Lead} {string.Join(',', lead.MergedIds)} {string.Join(',', lead.Touches.Select(row => row.Id + row.OccurredAt))} {string.Join(',', lead.Attributes)} {string.Join(',', lead.Transitions)}")));

    protected static async Task<Merge> MergeAsync(IMergeStore merges, MergeWish wish, DateTimeOffset at) => (await merges.MergeAsync([wish], at)).ShouldHaveSingleItem();

    /// <summary>All accounts in the order of the store, read in each of the two ways.</summary>
    protected async Task<List<AccountHistory>> ReadAllAsync()
    {
        var all = new List<AccountHistory>();
        await foreach (AccountHistory account in Store.ReadAccountsAsync())
        {
            all.Add(account);
        }

        await ShouldSpoolAsync(all);
        return all;
    }

    /// <summary>Whatever is read as a stream is read from a spool just so.</summary>
    private async Task ShouldSpoolAsync(List<AccountHistory> streamed)
    {
        using HistorySpool spool = await Store.SpoolAsync(DateTimeOffset.MaxValue);
        List<AccountHistory> spooled = [.. Enumerable.Range(0, spool.Parts).SelectMany(part => spool.Read(part, SpoolTables.All))];
        spooled.Select(account => account.GroupKey).ShouldBe(streamed.Select(account => account.GroupKey));
        for (int i = 0; i < spooled.Count; i++)
        {
            ShouldBeSame(spooled[i], streamed[i]);
            spooled[i].Leads.Select(lead => lead.MergedIds).ShouldBe(streamed[i].Leads.Select(lead => lead.MergedIds));
        }

        // What is learnt from comes in the same order, with or without the identifiers that make it.
        IEnumerable<AccountHistory> learnt = Enumerable.Range(0, spool.Parts).SelectMany(part => spool.Read(part, SpoolTables.Learnt));
        learnt.Select(Told).ShouldBe(streamed.Select(Told));

        HistorySummary summary = await Store.SummarizeAsync();
        spool.Leads.ShouldBe((int)summary.Leads);
        spool.LastRecordedAt.ShouldBe(summary.LastRecordedAt);
    }

    private static string Told(AccountHistory account) => string.Join('\n', account.Leads.Select(lead =>
        $"{lead.Lead} {string.Join(',', lead.Attributes)} {string.Join(',', lead.Transitions)} {string.Join(',', lead.Outcomes)} "
        + string.Join(',', lead.Touches.Select(touch => $"{touch.LeadId} {touch.Type} {touch.OccurredAt:O} {touch.RecordedAt:O} {string.Join('/', touch.Properties)}"))));

    protected static void ShouldBeSame(AccountHistory read, AccountHistory written)
    {
        read.Account.ShouldBe(written.Account);
        read.Leads.Count.ShouldBe(written.Leads.Count);
        for (int i = 0; i < read.Leads.Count; i++)
        {
            ShouldBeSame(read.Leads[i], written.Leads[i]);
        }
    }

    protected static void ShouldBeSame(LeadHistory read, LeadHistory written)
    {
        read.Lead.ShouldBe(written.Lead);
        read.Attributes.ShouldBe(written.Attributes);
        read.Transitions.ShouldBe(written.Transitions);
        read.Outcomes.ShouldBe(written.Outcomes);
        IReadOnlyDictionary<string, AttributeValue> none = new Dictionary<string, AttributeValue>();
        read.Touches.Select(touch => touch with { Properties = none })
            .ShouldBe(written.Touches.Select(touch => touch with { Properties = none }));
        for (int i = 0; i < read.Touches.Count; i++)
        {
            read.Touches[i].Properties.OrderBy(p => p.Key, StringComparer.Ordinal)
                .ShouldBe(written.Touches[i].Properties.OrderBy(p => p.Key, StringComparer.Ordinal));
        }
    }
}
