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
        + "features of one thing added up. baseValue plus all contributions is rawScore.";

    /// <summary>The reasons of a link for the engine's last prediction.</summary>
    public static (double Base, IReadOnlyList<ScoreReason> Reasons) Of(PredictionEngine engine, ModelLink link, double raw)
    {
        FeatureGroups groups = engine.Compiled.Groups;
        ReasonWords words = engine.Compiled.Words;
        double[] contributions = engine.Contributions;
        double start = engine.Explain(link, contributions);

        Span<double> sums = groups.Names.Count <= OnStack ? stackalloc double[groups.Names.Count] : new double[groups.Names.Count];
        Span<int> strongest = groups.Names.Count <= OnStack ? stackalloc int[groups.Names.Count] : new int[groups.Names.Count];
        sums.Clear();
        strongest.Fill(-1);
        for (int i = 0; i < contributions.Length; i++)
        {
            int group = groups.Of(i);
            sums[group] += contributions[i];
            if (strongest[group] < 0 || Math.Abs(contributions[i]) > Math.Abs(contributions[strongest[group]]))
            {
                strongest[group] = i;
            }
        }

        var told = new List<ScoreReason>(MaxReasons + 1);
        double left = raw - start;
        while (told.Count < MaxReasons && Next(sums, groups.Names) is var group and >= 0)
        {
            int feature = strongest[group];
            told.Add(words.Of(groups.Names[group], feature, engine.Row[feature], sums[group]));
            left -= sums[group];
            sums[group] = 0;
        }

        // The rest also takes up what rounding left, so that the lines add up.
        if (left != 0)
        {
            told.Add(new(ScoreReason.AllOthers, null, left, "everything else that is known"));
        }

        return (start, told);
    }

    /// <summary>The thing that moves the score most; of equals the first by name; -1 when none is left that moves it.</summary>
    private static int Next(ReadOnlySpan<double> sums, IReadOnlyList<string> names)
    {
        int next = -1;
        for (int i = 0; i < sums.Length; i++)
        {
            double size = Math.Abs(sums[i]);
            if (size > 0 && (next < 0 || size > Math.Abs(sums[next]) || (size == Math.Abs(sums[next]) && string.CompareOrdinal(names[i], names[next]) < 0)))
            {
                next = i;
            }
        }

        return next;
    }
}
