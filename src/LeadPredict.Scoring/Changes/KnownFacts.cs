using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Scoring.Changes;

/// <summary>Histories cut at an instant, so that they can be looked at from a later one: old facts, grown older.</summary>
internal static class KnownFacts
{
    /// <summary>The account as it was known at an instant, but for one lead that is given; with that lead's cut history nothing is newer than the instant.</summary>
    public static AccountHistory Cut(AccountHistory account, LeadHistory lead, DateTimeOffset at) => new(
        account.Account is { } company && IsKnown(company.CreatedAt, company.RecordedAt, at) ? company : null,
        account.Leads.Where(other => other.Lead.Id != lead.Lead.Id && other.Lead.IsKnownAt(at) && other.Lead.IsAccountKnownAt(at))
            .Select(other => Cut(other, at)).Append(lead));

    /// <summary>A lead's history as it was known at an instant.</summary>
    public static LeadHistory Cut(LeadHistory lead, DateTimeOffset at) => new(
        lead.Lead.IsAccountKnownAt(at) ? lead.Lead : lead.Lead with { AccountKnownAt = DateTimeOffset.MaxValue },
        lead.Touches.Where(row => Snapshot.Admits(row, at)),
        lead.Attributes.Where(row => Snapshot.Admits(row, at)),
        lead.Transitions.Where(row => Snapshot.Admits(row, at)),
        lead.Outcomes.Where(row => Snapshot.Admits(row, at)));

    /// <summary>What became known of a lead in <c>[from, to)</c>: transitions first, then attributes, touches and outcomes, each in order of time.</summary>
    public static IReadOnlyList<ChangeFact> Between(LeadHistory lead, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. Grouped("transition", lead.Transitions, row => row.To.ToString(), from, to),
        .. Grouped("attribute", lead.Attributes, row => row.Name, from, to),
        .. Grouped("touch", lead.Touches, row => row.Type, from, to),
        .. Grouped("outcome", lead.Outcomes, row => row.Won ? "Won" : "Lost", from, to),
    ];

    private static IEnumerable<ChangeFact> Grouped<T>(string kind, IReadOnlyList<T> rows, Func<T, string> what, DateTimeOffset from, DateTimeOffset to)
        where T : HistoryRow =>
        rows.Where(row => Snapshot.Admits(row, to) && !Snapshot.Admits(row, from))
            .GroupBy(what, StringComparer.OrdinalIgnoreCase)
            .Select(same => new ChangeFact(
                kind, same.Key, same.Count(), same.Min(row => row.OccurredAt), same.Max(row => row.OccurredAt), same.Count(row => row.OccurredAt < from)))
            .OrderBy(fact => fact.First).ThenBy(fact => fact.What, StringComparer.Ordinal);

    private static bool IsKnown(DateTimeOffset created, DateTimeOffset recorded, DateTimeOffset at) => created < at && recorded < at;
}
