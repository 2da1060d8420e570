using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Funnel.Leads;

/// <summary>All leads of one account with their histories: the unit that storage streams, since account-level features need it whole.</summary>
/// <remarks>A lead without an account stands alone, in an account history of its own.</remarks>
public sealed class AccountHistory
{
    private const int Few = 16;

    private AccountIndex? _index;
    private int _asked;

    /// <summary>Leads are ordered by identifier (ordinal).</summary>
    /// <param name="account">What is known of the company, or null.</param>
    /// <param name="leads">One or more leads, all of this account, or one without.</param>
    /// <exception cref="ArgumentException">No lead, or leads of different accounts.</exception>
    public AccountHistory(Account? account, IEnumerable<LeadHistory> leads)
    {
        LeadHistory[] sorted = [.. leads];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("expected at least one lead", nameof(leads));
        }

        if (sorted.Length > 1)
        {
            string? accountId = sorted[0].Lead.AccountId;
            if (accountId is null || sorted.Any(lead => lead.Lead.AccountId != accountId))
            {
                throw new ArgumentException("expected leads of one account", nameof(leads));
            }

            Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Lead.Id, b.Lead.Id));
        }

        Account = account;
        Leads = sorted;
    }

    /// <summary>What is known of the company, or null.</summary>
    public Account? Account { get; }

    /// <summary>The account's leads, ordered by identifier.</summary>
    public IReadOnlyList<LeadHistory> Leads { get; }

    /// <summary>The account's lead of that identifier, its own, one that was merged into it or the name that it was asked for by; null when there is none.</summary>
    public LeadHistory? Find(string leadId) => Leads.FirstOrDefault(lead => lead.Is(leadId))
        ?? (AskedFor is { } asked && asked.Name == leadId ? Leads.FirstOrDefault(lead => lead.Is(asked.LeadId)) : null);

    /// <summary>The same account, in which a lead is found by another name too.</summary>
    public AccountHistory WithName(string name, string leadId) => new(Account, Leads) { AskedFor = (name, leadId) };

    /// <summary>Another name of one of the leads, by which it was asked for, and its identifier.</summary>
    private (string Name, string LeadId)? AskedFor { get; init; }

    /// <summary>Whether this very history is one of the account's.</summary>
    internal bool Has(LeadHistory lead)
    {
        int low = 0, high = Leads.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = string.CompareOrdinal(Leads[middle].Lead.Id, lead.Lead.Id) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low < Leads.Count && ReferenceEquals(Leads[low], lead);
    }

    /// <summary>Counts what was known of a lead's colleagues.</summary>
    internal ColleagueTally TallyColleagues(LeadHistory lead, DateTimeOffset asOf)
    {
        // Few leads are gone over faster than they are put in order, and so are many for whoever asks of one or two.
        if (Leads.Count > Few && (_index ??= Interlocked.Increment(ref _asked) > Few ? new(Leads) : null) is { } index)
        {
            return index.At(asOf).Minus(ColleagueTally.Of(lead, asOf));
        }

        ColleagueTally tally = default;
        for (int i = 0; i < Leads.Count; i++)
        {
            tally = ReferenceEquals(Leads[i], lead) ? tally : tally.Plus(ColleagueTally.Of(Leads[i], asOf));
        }

        return tally;
    }

    /// <summary>The key that groups leads in splits: the account's id, or the lead's own where there is none.</summary>
    public string GroupKey => Leads[0].Lead.AccountId is { } id ? "account:" + id : "lead:" + Leads[0].Lead.Id;
}
