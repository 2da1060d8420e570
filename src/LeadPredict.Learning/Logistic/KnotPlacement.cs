namespace LeadPredict.Learning.Logistic;

/// <summary>Where the lines of a numeric column may bend.</summary>
internal static class KnotPlacement
{
    /// <summary>Quantiles in equal steps, the outer ones 0.5 % inside; equal ones count once.</summary>
    /// <param name="sorted">The values that are not missing, in increasing order.</param>
    /// <param name="stretches">The most lines between knots, at least 1.</param>
    public static double[] Find(ReadOnlySpan<float> sorted, int stretches)
    {
        var knots = new List<double>();
        for (int i = 0; i <= stretches && !sorted.IsEmpty; i++)
        {
            double share = i == 0 ? 0.005 : i == stretches ? 0.995 : (double)i / stretches;
            double knot = sorted[(int)Math.Round(share * (sorted.Length - 1))];
            if (knots.Count == 0 || knot > knots[^1])
            {
                knots.Add(knot);
            }
        }

        return [.. knots];
    }
}
