using System.Runtime.CompilerServices;

namespace LeadPredict.Learning.Binning;

/// <summary>Where the bins of a numeric column end, so that each holds about as many rows as the next.</summary>
internal static class BinBoundaries
{
    /// <summary>
    /// Longer columns are judged by a sample of so many rows: with 255 bins a bin then holds its share of the rows to within a few per cent.
    /// </summary>
    internal const int MostSorted = 1 << 17;

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
            bool nextIsLarge = (long)counts[i + 1] * binsLeft >= rowsLeft;
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

    /// <summary>The distinct values, increasing, and how often each comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (ArraySegment<float> Values, ArraySegment<int> Counts, int Total) Distinct(ReadOnlySpan<float> values)
    {
        ArraySegment<float> sorted = Known(values);
        FloatSort.Sort(sorted);
        var counts = new int[sorted.Count];
        int distinct = 0;
        for (int i = 0; i < sorted.Count; i++)
        {
            // Equality of numbers, not of bits: -0 and 0 are one value.
            if (distinct == 0 || sorted[i] != sorted[distinct - 1])
            {
                sorted[distinct++] = sorted[i];
            }

            counts[distinct - 1]++;
        }

        return (sorted[..distinct], new ArraySegment<int>(counts, 0, distinct), sorted.Count);
    }

    /// <summary>The values that are there: of a long column one from each of <see cref="MostSorted"/> stretches, at a place drawn by a fixed seed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ArraySegment<float> Known(ReadOnlySpan<float> values)
    {
        int wanted = Math.Min(values.Length, MostSorted);
        var known = new float[wanted];
        var random = new Random(wanted);
        int count = 0;
        for (int i = 0; i < wanted; i++)
        {
            int row = i;
            if (wanted < values.Length)
            {
                int start = (int)((long)i * values.Length / wanted);
                row = random.Next(start, (int)((long)(i + 1) * values.Length / wanted));
            }

            if (!float.IsNaN(values[row]))
            {
                known[count++] = values[row];
            }
        }

        return new ArraySegment<float>(known, 0, count);
    }

    /// <summary>A boundary above <paramref name="low"/> and not above <paramref name="high"/>: the middle, unless rounding spoils it.</summary>
    private static float Between(float low, float high)
    {
        float middle = (low / 2) + (high / 2);
        return middle > low && middle <= high ? middle : high;
    }
}
