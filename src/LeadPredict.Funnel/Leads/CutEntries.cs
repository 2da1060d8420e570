namespace LeadPredict.Funnel.Leads;

/// <summary>
/// Stages that a lead entered and that were told twice: once to the second, by a system's own records, and once with the seconds cut off, as exports write dates. Of the
/// two that which was known first counts, in whatever order they came. Otherwise a lead that passed two stages within a minute would have been in each of them twice.
/// </summary>
internal static class CutEntries
{
    /// <summary>The transitions without those that tell what another tells.</summary>
    /// <param name="transitions">Of one lead, in order.</param>
    public static StageTransition[] Without(StageTransition[] transitions)
    {
        HashSet<StageTransition>? doubles = null;
        for (int first = 0, end; first < transitions.Length; first = end)
        {
            long minute = transitions[first].OccurredAt.UtcTicks / TimeSpan.TicksPerMinute;
            end = first + 1;
            while (end < transitions.Length && transitions[end].OccurredAt.UtcTicks / TimeSpan.TicksPerMinute == minute)
            {
                end++;
            }

            if (end - first > 1 && IsCut(transitions[first]))
            {
                (doubles ??= []).UnionWith(Doubles(transitions[first..end]));
            }
        }

        return doubles is { Count: > 0 } ? [.. transitions.Where(row => !doubles.Contains(row))] : transitions;
    }

    /// <summary>A minute in which each entry told to the second is told cut too, and once; else the lead may have come back within the minute.</summary>
    private static IEnumerable<StageTransition> Doubles(StageTransition[] minute)
    {
        StageTransition[] whole = [.. minute.Where(row => !IsCut(row))];
        StageTransition?[] cut = [.. whole.Select(row => minute.FirstOrDefault(other => IsCut(other) && other.To == row.To))];
        return cut.Contains(null) || whole.DistinctBy(row => row.To).Count() < whole.Length
            ? []
            : whole.Zip(cut, (row, other) => KnownAt(other!) <= KnownAt(row) ? row : other!);
    }

    private static bool IsCut(StageTransition row) => row.OccurredAt.UtcTicks % TimeSpan.TicksPerMinute == 0;

    private static DateTimeOffset KnownAt(StageTransition row) => row.OccurredAt > row.RecordedAt ? row.OccurredAt : row.RecordedAt;
}
