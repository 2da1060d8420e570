using System.Buffers;

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
    /// <param name="sample">From <see cref="Sample"/> for as many rows; null for all of them.</param>
    public static float[] Find(ReadOnlySpan<float> values, int maxBins, int[]? sample = null)
    {
        // Lent, as many columns are looked at one after the other.
        int wanted = sample?.Length ?? values.Length;
        float[] known = ArrayPool<float>.Shared.Rent(wanted);
        int[] counts = ArrayPool<int>.Shared.Rent(wanted);
        int total = sample is null ? Known(values, known) : Known(values, sample, known);
        int distinct = Distinct(known.AsSpan(0, total), counts);
        float[] boundaries = Part(known.AsSpan(0, distinct), counts, total, maxBins);
        ArrayPool<float>.Shared.Return(known);
        ArrayPool<int>.Shared.Return(counts);
        return boundaries;
    }

    /// <summary>
    /// The rows by which the columns of a long table are judged: one from each of <see cref="MostSorted"/> stretches, at a place drawn by a
    /// fixed seed. Null when there are no more rows than that.
    /// </summary>
    public static int[]? Sample(int rows)
    {
        if (rows <= MostSorted)
        {
            return null;
        }

        var random = new Random(MostSorted);
        var sample = new int[MostSorted];
        for (int i = 0; i < sample.Length; i++)
        {
            int start = (int)((long)i * rows / MostSorted);
            sample[i] = random.Next(start, (int)((long)(i + 1) * rows / MostSorted));
        }

        return sample;
    }

    /// <summary>Parts distinct values, given how often each comes.</summary>
    private static float[] Part(ReadOnlySpan<float> distinct, ReadOnlySpan<int> counts, int total, int maxBins)
    {
        var boundaries = new List<float>();
        if (distinct.Length <= maxBins)
        {
            for (int i = 1; i < distinct.Length; i++)
            {
                boundaries.Add(Between(distinct[i - 1], distinct[i]));
            }

            return [.. boundaries];
        }

        // A value with more than its share gets a bin alone, and the others share what is left: LightGBM's greedy way.
        int binsLeft = maxBins;
        long rowsLeft = total;
        long inBin = 0;
        for (int i = 0; i + 1 < distinct.Length && binsLeft > 1; i++)
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

    /// <summary>Puts the distinct values first, increasing, and counts how often each comes; returns how many there are.</summary>
    private static int Distinct(Span<float> values, Span<int> counts)
    {
        FloatSort.Sort(values);
        int distinct = 0;
        for (int i = 0; i < values.Length; i++)
        {
            // Equality of numbers, not of bits: -0 and 0 are one value.
            if (distinct == 0 || values[i] != values[distinct - 1])
            {
                counts[distinct] = 0;
                values[distinct++] = values[i];
            }

            counts[distinct - 1]++;
        }

        return distinct;
    }

    /// <summary>Copies the values that are there; returns how many.</summary>
    private static int Known(ReadOnlySpan<float> values, Span<float> known)
    {
        int count = 0;
        foreach (float value in values)
        {
            if (!float.IsNaN(value))
            {
                known[count++] = value;
            }
        }

        return count;
    }

    /// <summary>The same of some rows.</summary>
    private static int Known(ReadOnlySpan<float> values, int[] sample, Span<float> known)
    {
        int count = 0;
        foreach (int row in sample)
        {
            if (!float.IsNaN(values[row]))
            {
                known[count++] = values[row];
            }
        }

        return count;
    }

    /// <summary>A boundary above <paramref name="low"/> and not above <paramref name="high"/>: the middle, unless rounding spoils it.</summary>
    private static float Between(float low, float high)
    {
        float middle = (low / 2) + (high / 2);
        return middle > low && middle <= high ? middle : high;
    }
}
