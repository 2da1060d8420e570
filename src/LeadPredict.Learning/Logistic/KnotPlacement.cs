namespace LeadPredict.Learning.Logistic;

/// <summary>Where the lines of a numeric column may bend.</summary>
internal static class KnotPlacement
{
    /// <summary>A line between two knots may span a doubling of the values of a tail, not more, where there are rows enough to bend it.</summary>
    private const double LongestOnScale = 0.7;

    /// <summary>Rows that a piece of a line needs, and as a share of all.</summary>
    private const int LeastRows = 10;

    private const double LeastShare = 0.01;

    /// <summary>How far knots are apart on the scale at the least: values closer than that are one value beside the distances of the others.</summary>
    private const double ShortestOnScale = 1e-12;

    /// <summary>Quantiles in equal steps, the outer ones 0.5 % inside; equal ones count once. In long tails there are further ones between them.</summary>
    /// <param name="sorted">The values that are not missing, in increasing order.</param>
    /// <param name="stretches">The most lines between quantiles, at least 1.</param>
    /// <param name="scale">Of the values.</param>
    /// <param name="tails">Whether there are further ones in tails.</param>
    public static double[] Find(ReadOnlySpan<float> sorted, int stretches, TailScale scale, bool tails = true)
    {
        var knots = new List<double>();
        for (int i = 0; i <= stretches && !sorted.IsEmpty; i++)
        {
            double share = i == 0 ? 0.005 : i == stretches ? 0.995 : (double)i / stretches;
            double knot = Quantile(sorted, share);
            if (knots.Count == 0 || scale.Of(knot) - scale.Of(knots[^1]) > ShortestOnScale)
            {
                if (tails && knots.Count > 0)
                {
                    AddBetween(knots, knots[^1], knot, sorted, scale);
                }

                knots.Add(knot);
            }
        }

        return [.. knots];
    }

    /// <summary>The value with that share of the others below it.</summary>
    public static double Quantile(ReadOnlySpan<float> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

    private static void AddBetween(List<double> knots, double low, double high, ReadOnlySpan<float> sorted, TailScale scale)
    {
        double from = scale.Of(low);
        double to = scale.Of(high);
        double middle = scale.ValueAt((from + to) / 2);
        if (to - from <= LongestOnScale || middle <= low || middle >= high)
        {
            return;
        }

        double least = Math.Max(LeastRows, LeastShare * sorted.Length);
        int below = Before(sorted, middle) - Before(sorted, low);
        int above = Before(sorted, high) - Before(sorted, middle);
        if (below >= least && above >= least)
        {
            AddBetween(knots, low, middle, sorted, scale);
            knots.Add(middle);
            AddBetween(knots, middle, high, sorted, scale);
        }
    }

    /// <summary>How many values are smaller.</summary>
    private static int Before(ReadOnlySpan<float> sorted, double value)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
