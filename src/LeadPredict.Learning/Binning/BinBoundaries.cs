namespace LeadPredict.Learning.Binning;

/// <summary>Where the bins of a numeric column end, so that each holds about as many rows as the next.</summary>
internal static class BinBoundaries
{
    /// <summary>
    /// Finds at most <paramref name="maxBins"/> - 1 strictly increasing boundaries; a value belongs to the bin whose number is the count of
    /// boundaries at or below it, so bin b is split off by <c>x &lt; boundary[b]</c>, the very comparison of the served trees.
    /// </summary>
    /// <param name="values">The column; NaN is left out.</param>
    /// <param name="maxBins">At least 2.</param>
    public static float[] Find(ReadOnlySpan<float> values, int maxBins)
    {
        var (distinct, counts, total) = Distinct(values);
        var boundaries = new List<float>();
        if (distinct.Count <= maxBins)
        {
            for (int i = 1; i < distinct.Count; i++)
            {
                boundaries.Add(Between(distinct[i - 1], distinct[i]));
            }

            return [.. boundaries];
        }

        // A value with more than its share gets a bin alone, and the others share what is left: LightGBM's greedy way.
        int binsLeft = maxBins;
        long rowsLeft = total;
        long inBin = 0;
        for (int i = 0; i + 1 < distinct.Count && binsLeft > 1; i++)
        {
            inBin += counts[i];
            bool nextIsLarge = counts[i + 1] * binsLeft >= rowsLeft;
            if (inBin * binsLeft >= rowsLeft || (nextIsLarge && inBin * 2L * binsLeft >= rowsLeft))
            {
                boundaries.Add(Between(distinct[i], distinct[i + 1]));
                rowsLeft -= inBin;
                binsLeft--;
                inBin = 0;
            }
        }

        return [.. boundaries];
    }

    private static (List<float> Values, List<long> Counts, long Total) Distinct(ReadOnlySpan<float> values)
    {
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        var distinct = new List<float>();
        var counts = new List<long>();
        long total = 0;
        foreach (float value in sorted)
        {
            if (float.IsNaN(value))
            {
                continue;
            }

            total++;
            if (distinct.Count > 0 && distinct[^1] == value)
            {
                counts[^1]++;
            }
            else
            {
                distinct.Add(value);
                counts.Add(1);
            }
        }

        return (distinct, counts, total);
    }

    /// <summary>A boundary above <paramref name="low"/> and not above <paramref name="high"/>: the middle, unless rounding spoils it.</summary>
    private static float Between(float low, float high)
    {
        float middle = (low / 2) + (high / 2);
        return middle > low && middle <= high ? middle : high;
    }
}
