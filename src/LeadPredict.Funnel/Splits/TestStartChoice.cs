using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;

namespace LeadPredict.Funnel.Splits;

/// <summary>
/// Chooses the test start. The target with the longest reach decides (the chain, else the link to won, else the one to SQL): among 199
/// evenly spaced instants between its first and last mature entry, the one at which the test's share of the used entries comes closest to
/// the share asked for, of those that leave enough on both sides. Where that target has too few, the next one decides.
/// </summary>
internal static class TestStartChoice
{
    private const int Candidates = 199;

    private static readonly Target[] LongestFirst = [Target.Chain, Target.Close, Target.Qualify];

    /// <summary>Whether an example opens an episode of its own link: the only kind that is tested on.</summary>
    public static bool IsEntry(TrainingExample example) => example.IsEpisodeStart && !example.IsRecycled && !example.IsBeforeLink;

    public static (DateTimeOffset Start, Target DecidedBy) Of(
        IReadOnlyList<TrainingExample> examples, DateTimeOffset observedUntil, SplitOptions options)
    {
        // First with enough on both sides, then with anything: a refusal for want of examples is the learner's to give, with counts.
        foreach (int minimum in new[] { options.MinimumPerSide, 1 })
        {
            foreach (Target target in LongestFirst)
            {
                TrainingExample[] entries = [.. examples.Where(example => example.Target == target && IsEntry(example)
                    && example.IsMature(observedUntil) && example.Label != Label.Censored)];
                if (Best(entries, options.TestShare, minimum) is { } start)
                {
                    return (start, target);
                }
            }
        }

        throw SplitNotPossibleException.Of(examples, observedUntil);
    }

    private static DateTimeOffset? Best(TrainingExample[] entries, double share, int minimum)
    {
        if (entries.Length < 2)
        {
            return null;
        }

        DateTimeOffset first = entries.Min(entry => entry.AsOf), last = entries.Max(entry => entry.AsOf);
        DateTimeOffset? best = null;
        double nearest = double.PositiveInfinity;
        for (int i = 1; i <= Candidates; i++)
        {
            // Whole seconds, so that the instant reads well and survives every store.
            DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds((first + ((last - first) / (Candidates + 1) * i)).ToUnixTimeSeconds());
            (int train, int test, bool enough) = Count(entries, start, minimum);
            double distance = Math.Abs(((double)test / Math.Max(1, train + test)) - share);
            if (enough && distance < nearest)
            {
                (best, nearest) = (start, distance);
            }
        }

        return best;
    }

    private static (int Train, int Test, bool Enough) Count(TrainingExample[] entries, DateTimeOffset start, int minimum)
    {
        int train = 0, test = 0, trainConverted = 0, testConverted = 0;
        foreach (TrainingExample entry in entries)
        {
            int converted = entry.Label == Label.Converted ? 1 : 0;
            if (entry.AsOf >= start)
            {
                test++;
                testConverted += converted;
            }
            else if (entry.MaturesAt <= start)
            {
                train++;
                trainConverted += converted;
            }
        }

        int few = minimum / 10;
        return (train, test, train >= minimum && test >= minimum && trainConverted >= few && testConverted >= few);
    }
}
