namespace LeadPredict.Funnel.Leads;

/// <summary>
/// Ends of deals that a plan told, such as a close date: their rows are named after the outcome that they foretell, with <see cref="Suffix"/>. Once the lead has that
/// outcome, theirs counts no more, nor does their move, where it lies before it or with it. In whatever order they came, a deal ends once.
/// </summary>
public static class PlannedEnds
{
    /// <summary>What the identifier of a planned end has after that of the outcome.</summary>
    public const string Suffix = "-planned";

    /// <summary>The moves and outcomes of a lead without planned ends that have happened.</summary>
    internal static (StageTransition[] Transitions, Outcome[] Outcomes) Without(StageTransition[] transitions, Outcome[] outcomes)
    {
        if (outcomes.Length == 0 || !(transitions.Any(row => IsPlanned(row.Id)) || outcomes.Any(row => IsPlanned(row.Id))))
        {
            return (transitions, outcomes);
        }

        Dictionary<string, Outcome> ends = outcomes.DistinctBy(row => row.Id).ToDictionary(row => row.Id, StringComparer.Ordinal);
        Outcome? Of(string id) => IsPlanned(id) ? ends.GetValueOrDefault(id[..^Suffix.Length]) : null;
        return ([.. transitions.Where(row => !(Of(row.Id)?.OccurredAt >= row.OccurredAt))], [.. outcomes.Where(row => Of(row.Id) is null)]);
    }

    private static bool IsPlanned(string id) => id.EndsWith(Suffix, StringComparison.Ordinal);
}
