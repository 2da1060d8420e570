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
        // Whole seconds, so that the instant reads well and survives every store.
        DateTimeOffset[] starts = [.. Enumerable.Range(1, Candidates).Select(i =>
            DateTimeOffset.FromUnixTimeSeconds((first + ((last - first) / (Candidates + 1) * i)).ToUnixTimeSeconds()))];
        Sides[] sides = Count(entries, starts);
        DateTimeOffset? best = null;
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < starts.Length; i++)
        {
            Sides at = sides[i];
            int few = minimum / 10;
            bool enough = at.Train >= minimum && at.Test >= minimum && at.TrainConverted >= few && at.TestConverted >= few;
            double distance = Math.Abs(((double)at.Test / Math.Max(1, at.Train + at.Test)) - share);
            if (enough && distance < nearest)
            {
                (best, nearest) = (starts[i], distance);
            }
        }

        return best;
    }

    /// <summary>
    /// How many entries each start puts on which side: an entry tests from the first start on up to the last that is not after it, and trains from
    /// the first on that is not before it matures.
    /// </summary>
    private static Sides[] Count(TrainingExample[] entries, DateTimeOffset[] starts)
    {
        var sides = new Sides[starts.Length];
        foreach (TrainingExample entry in entries)
        {
            int converted = entry.Label == Label.Converted ? 1 : 0;
            if (StartsBefore(starts, entry.AsOf.AddTicks(1)) is > 0 and var tests)
            {
                sides[tests - 1].Test++;
                sides[tests - 1].TestConverted += converted;
            }

            // Where the horizon has no length both would hold; the test comes first.
            int trains = Math.Max(StartsBefore(starts, entry.MaturesAt), StartsBefore(starts, entry.AsOf.AddTicks(1)));
            if (trains < starts.Length)
            {
                sides[trains].Train++;
                sides[trains].TrainConverted += converted;
            }
        }

        for (int i = 1; i < sides.Length; i++)
        {
            sides[i].Train += sides[i - 1].Train;
            sides[i].TrainConverted += sides[i - 1].TrainConverted;
            sides[^(i + 1)].Test += sides[^i].Test;
            sides[^(i + 1)].TestConverted += sides[^i].TestConverted;
        }

        return sides;
    }

    /// <summary>How many of the starts, which are in order, lie before the instant.</summary>
    private static int StartsBefore(DateTimeOffset[] starts, DateTimeOffset instant)
    {
        int low = 0;
        for (int high = starts.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = starts[middle] < instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private struct Sides
    {
        public int Train;
        public int Test;
        public int TrainConverted;
        public int TestConverted;
    }
}
