using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class HistoryStoreContract
{
    private async Task<List<AccountHistory>> ReadAllAsync()
    {
        var all = new List<AccountHistory>();
        await foreach (AccountHistory account in Store.ReadAccountsAsync())
        {
            all.Add(account);
        }

        return all;
    }

    private static void ShouldBeSame(AccountHistory read, AccountHistory written)
    {
        read.Account.ShouldBe(written.Account);
        read.Leads.Count.ShouldBe(written.Leads.Count);
        for (int i = 0; i < read.Leads.Count; i++)
        {
            ShouldBeSame(read.Leads[i], written.Leads[i]);
        }
    }

    private static void ShouldBeSame(LeadHistory read, LeadHistory written)
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
