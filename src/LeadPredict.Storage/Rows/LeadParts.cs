using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Rows;

/// <summary>A lead's row with the rows of its tables, already told as those of the lead that it is read as.</summary>
internal sealed record LeadParts(
    StoredLead Lead, IReadOnlyList<Touch> Touches, IReadOnlyList<AttributeChange> Attributes, IReadOnlyList<StageTransition> Transitions, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>The account of a group of leads, those that are one person made one.</summary>
    public static AccountHistory Join(IReadOnlyList<LeadParts> group)
    {
        StoredLead account = group.FirstOrDefault(part => part.Lead.MergedInto is null)?.Lead ?? group[0].Lead;
        if (group.All(part => part.Lead.MergedInto is null))
        {
            return new(account.ToAccount(), group.Select(part => new LeadHistory(part.Lead.ToLead(), part.Touches, part.Attributes, part.Transitions, part.Outcomes)));
        }

        return new(account.ToAccount(), group.GroupBy(part => part.Lead.MergedInto ?? part.Lead.Id, StringComparer.Ordinal).Select(Person));
    }

    private static LeadHistory Person(IGrouping<string, LeadParts> parts)
    {
        LeadParts[] all = [.. parts.OrderBy(part => part.Lead.MergedInto is null ? 0 : 1).ThenBy(part => part.Lead.CreatedAt)];
        Lead kept = all[0].Lead.ToLead();
        Lead person = kept with
        {
            Source = all.Select(part => part.Lead.Source).FirstOrDefault(source => source is not null),
            CreatedAt = all.Min(part => part.Lead.ToLead().CreatedAt),
            RecordedAt = all.Min(part => part.Lead.ToLead().RecordedAt),
        };
        return new(
            person,
            all.SelectMany(part => part.Touches),
            all.SelectMany(part => part.Attributes),
            all.SelectMany(part => part.Transitions),
            all.SelectMany(part => part.Outcomes))
        {
            MergedIds = [.. all.Skip(1).Select(part => part.Lead.Id).Order(StringComparer.Ordinal)],
        };
    }
}
