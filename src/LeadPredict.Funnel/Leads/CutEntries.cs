using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Leads;

/// <summary>
/// Stages that a lead entered and that were told twice: once to the second, by a system's own records, and once with the seconds cut off, as exports write dates. Of the
/// two that which was known first counts, in whatever order they came; where that would turn the order of a minute's stages, all that were told to the second count, from when
/// they were told on. Otherwise a lead that passed two stages within a minute would have been in each of them twice.
/// </summary>
internal static class CutEntries
{
    /// <summary>The transitions without those that tell what another tells.</summary>
    /// <param name="transitions">Of one lead, in order.</param>
    /// <param name="createdAt">When the lead came into being.</param>
    public static StageTransition[] Without(StageTransition[] transitions, DateTimeOffset createdAt)
    {
        HashSet<StageTransition>? doubles = null;
        for (int first = 0, end; first < transitions.Length; first = end)
        {
            long minute = MinuteOf(transitions[first].OccurredAt);
            end = first + 1;
            while (end < transitions.Length && MinuteOf(transitions[end].OccurredAt) == minute)
            {
                end++;
            }

            if (end - first > 1 && IsCut(transitions[first]))
            {
                (doubles ??= []).UnionWith(Doubles(transitions[first..end], MinuteOf(createdAt) == minute));
            }
        }

        return doubles is { Count: > 0 } ? [.. transitions.Where(row => !doubles.Contains(row))] : transitions;
    }

    /// <summary>
    /// A minute in which each entry told to the second is told cut too, and once; else the lead may have come back within the minute. That a lead begins as a lead is told
    /// by its creation.
    /// </summary>
    private static List<StageTransition> Doubles(StageTransition[] minute, bool isOfCreation)
    {
        List<StageTransition> doubles = [], firsts = [];
        List<Stage> twice = [];
        StageTransition[] whole = [.. minute.Where(row => !IsCut(row))];
        foreach (StageTransition row in whole)
        {
            StageTransition? cut = minute.FirstOrDefault(other => IsCut(other) && other.To == row.To);
            if ((cut is null && !(isOfCreation && row.To == Stage.Lead)) || whole.Count(other => other.To == row.To) > 1)
            {
                return [];
            }

            bool isCutFirst = cut is null || cut.KnownAt <= row.KnownAt;
            doubles.Add(isCutFirst ? row : cut!);
            if (cut is not null)
            {
                twice.Add(row.To);
                firsts.Add(isCutFirst ? cut : row);
            }
        }

        return minute.Where(firsts.Contains).Select(row => row.To).SequenceEqual(twice) ? doubles : [.. minute.Where(row => IsCut(row) == twice.Contains(row.To))];
    }

    private static long MinuteOf(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerMinute;

    private static bool IsCut(StageTransition row) => row.OccurredAt.UtcTicks % TimeSpan.TicksPerMinute == 0;
}
