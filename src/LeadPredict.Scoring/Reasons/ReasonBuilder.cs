using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Scoring.Reasons;

/// <summary>From contributions of single features to reasons of things a person knows: variants of one thing are added up.</summary>
internal static class ReasonBuilder
{
    /// <summary>How many reasons stand for themselves.</summary>
    public const int MaxReasons = 10;

    private const int OnStack = 256;

    /// <summary>What an answer says of its reasons.</summary>
    public const string Method =
        "Contributions are in log-odds before calibration: exact path-dependent TreeSHAP for trees, distance from the training average for linear terms, "
        + "features of one thing added up. All are multiples of 2^-40, so that baseValue plus all contributions is rawScore exactly, in any order.";

    /// <summary>The reasons of a link for the engine's last prediction.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="link">The link.</param>
    /// <param name="raw">Its raw score on <see cref="ExactGrid"/>.</param>
    /// <param name="told">Overwritten; room for <see cref="MaxReasons"/> and one for all others.</param>
    /// <returns>The base value, and how many reasons there are.</returns>
    public static (double Base, int Count) Fill(PredictionEngine engine, ModelLink link, double raw, Span<SheetReason> told)
    {
        FeatureGroups groups = engine.Compiled.Groups;
        ReasonWords words = engine.Compiled.Words;
        double[] contributions = engine.Contributions;
        double start = ExactGrid.Round(engine.Explain(link, contributions));

        Span<double> sums = groups.Names.Length <= OnStack ? stackalloc double[groups.Names.Length] : new double[groups.Names.Length];
        for (int group = 0; group < sums.Length; group++)
        {
            double sum = 0;
            foreach (int feature in groups.FeaturesOf(group))
            {
                sum += contributions[feature];
            }

            sums[group] = sum;
        }

        Span<int> first = stackalloc int[MaxReasons];
        int strong = Strongest(sums, groups.Names, first);
        double left = raw - start;
        int count = 0;
        for (; count < strong && ExactGrid.Round(sums[first[count]]) is var sum and not 0; count++)
        {
            int feature = Strongest(contributions, groups.FeaturesOf(first[count]));
            told[count] = new(feature, engine.Row[feature], sum, words.Of(feature, engine.Row[feature]));
            left -= sum;
        }

        // The rest also takes up what rounding left.
        if (left != 0)
        {
            told[count++] = new(SheetReason.AllOthers, float.NaN, left, null);
        }

        return (start, count);
    }

    /// <summary>The feature that moves the score most, of equals the first.</summary>
    private static int Strongest(ReadOnlySpan<double> contributions, ReadOnlySpan<int> features)
    {
        int strongest = features[0];
        foreach (int feature in features)
        {
            strongest = Math.Abs(contributions[feature]) > Math.Abs(contributions[strongest]) ? feature : strongest;
        }

        return strongest;
    }

    /// <summary>The things that move the score most, the strongest first, of equals the first by name; those that do not move it are left out.</summary>
    private static int Strongest(ReadOnlySpan<double> sums, string[] names, Span<int> first)
    {
        int count = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            if (sums[i] == 0 || (count == first.Length && !Precedes(i, first[^1], sums, names)))
            {
                continue;
            }

            int place = count < first.Length ? count++ : count - 1;
            for (; place > 0 && Precedes(i, first[place - 1], sums, names); place--)
            {
                first[place] = first[place - 1];
            }

            first[place] = i;
        }

        return count;
    }

    private static bool Precedes(int one, int other, ReadOnlySpan<double> sums, string[] names)
    {
        double size = Math.Abs(sums[one]), otherSize = Math.Abs(sums[other]);
        return size > otherSize || (size == otherSize && string.CompareOrdinal(names[one], names[other]) < 0);
    }
}
