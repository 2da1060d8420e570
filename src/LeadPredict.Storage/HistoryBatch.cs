using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage;

/// <summary>Another name of a lead: rows that use it are the lead's.</summary>
/// <param name="Alias">The other name.</param>
/// <param name="LeadId">The lead, which may be yet to come, or another alias of it.</param>
/// <remarks>Where the other name is a known lead and the lead is not known, it is the other way round.</remarks>
public sealed record LeadAlias(string Alias, string LeadId)
{
    /// <summary>
    /// A merge of the two in the sender's own system, or null. Then what either name is an alias of counts in its place, and two known leads are merged
    /// here too, unless they are one or that was taken back.
    /// </summary>
    public ToldMerge? Merge { get; init; }

    /// <summary>
    /// When it was told; null: it was known ever since. Default null. Rows under the other name are known to be the lead's from then on at the earliest, whenever they were recorded,
    /// and whichever came first.
    /// </summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Which of the two names the sender keeps the merged record under, or a third; null without <see cref="Merge"/>.</summary>
    public string? Survivor => Merge is null ? null : Merge.Survivor ?? LeadId;

    /// <summary>Those of the two names under which the sender has no record any more; empty without <see cref="Merge"/>.</summary>
    public IEnumerable<string> EndedNames => Merge is null ? [] : new[] { Alias, LeadId }.Where(name => name != Survivor);
}

/// <summary>That a sender merged two of its records.</summary>
/// <param name="Reason">Why they are one, for <see cref="Merges.Merge"/>.</param>
/// <param name="At">When it was told.</param>
public sealed record ToldMerge(string Reason, DateTimeOffset At)
{
    /// <summary>The name under which the sender keeps the record, for <see cref="Merges.SenderRecord"/>. Default null: <see cref="LeadAlias.LeadId"/>.</summary>
    public string? Survivor { get; init; }
}

/// <summary>Rows to add together. Any list may be empty; the order of rows matters only where an identifier comes twice: the first stands.</summary>
public sealed record HistoryBatch
{
    /// <summary>The longest identifier, touch type or attribute name, in UTF-16 units: what fits an index entry of either database.</summary>
    public const int LongestKey = 400;

    /// <summary>Companies.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = [];

    /// <summary>Leads.</summary>
    public IReadOnlyList<Lead> Leads { get; init; } = [];

    /// <summary>Touches.</summary>
    public IReadOnlyList<Touch> Touches { get; init; } = [];

    /// <summary>Attribute changes.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

    /// <summary>Stage transitions.</summary>
    public IReadOnlyList<StageTransition> Transitions { get; init; } = [];

    /// <summary>What deals were worth.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; init; } = [];

    /// <summary>Other names of leads; rows that wait for one are joined. The first that an alias was said to mean stands; a lead's own identifier is none.</summary>
    public IReadOnlyList<LeadAlias> Aliases { get; init; } = [];

    /// <summary>
    /// Whether the rows come from senders that repeat themselves and keep no order. Default false. Then rows of leads that are not
    /// known yet wait for them in the store; an attribute change is known by lead, name, OccurredAt and value, whenever it was
    /// recorded, and another value of the same instants corrects it from <see cref="DeliveredAt"/> on; and a known lead takes over an earlier creation, and an account or source that it lacked.
    /// </summary>
    public bool Delivered { get; init; }

    /// <summary>
    /// Whether a known lead takes over an earlier creation, and an account or source that it lacked, though the batch is not <see cref="Delivered"/>. Default false: the
    /// first write of a lead stands.
    /// </summary>
    public bool FillsLeads { get; init; }

    /// <summary>When the delivery came, for what it corrects; null where that was not noted: then from a microsecond after what is corrected.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Whether <see cref="AppendResult.States"/> and <see cref="AppendResult.ChangedLeads"/> are asked for. Default false: it costs a little.</summary>
    public bool TellStates { get; init; }

    /// <summary>How many rows there are in all.</summary>
    public int Count => Accounts.Count + Leads.Count + Touches.Count + Attributes.Count + Transitions.Count + Outcomes.Count;

    /// <summary>The rows that belong to a lead, in the order in which they are added.</summary>
    internal IEnumerable<HistoryRow> RowsOfLeads => [.. Touches, .. Attributes, .. Transitions, .. Outcomes];

    /// <summary>The leads that it tells of, each name once: their own, those that rows came under, and both sides of aliases.</summary>
    internal IEnumerable<string> NamesOfLeads => Leads.Select(lead => lead.Id).Concat(RowsOfLeads.Select(row => row.LeadId))
        .Concat(Aliases.SelectMany(alias => new[] { alias.Alias, alias.LeadId })).Distinct(StringComparer.Ordinal);

    /// <summary>The batch that holds the leads of the accounts with all their history.</summary>
    public static HistoryBatch Of(params IEnumerable<AccountHistory> accounts)
    {
        AccountHistory[] all = [.. accounts];
        LeadHistory[] leads = [.. all.SelectMany(account => account.Leads)];
        return new()
        {
            Accounts = [.. all.Select(account => account.Account).OfType<Account>()],
            Leads = [.. leads.Select(lead => lead.Lead)],
            Touches = [.. leads.SelectMany(lead => lead.Touches)],
            Attributes = [.. leads.SelectMany(lead => lead.Attributes)],
            Transitions = [.. leads.SelectMany(lead => lead.Transitions)],
            Outcomes = [.. leads.SelectMany(lead => lead.Outcomes)],
        };
    }
}
