namespace LeadPredict.Learning.Tables;

/// <summary>Takes some of a column's values at even steps: enough for quantiles, with a fraction of the work.</summary>
internal static class EvenSample
{
    /// <summary>From one row taken to the next, so that no more than <paramref name="most"/> are.</summary>
    public static int Step(int rows, int most) => Math.Max(1, (rows + most - 1) / most);

    /// <summary>Copies the values that are there of every so many rows; returns how many.</summary>
    /// <param name="values">The column.</param>
    /// <param name="step">From <see cref="Step"/>.</param>
    /// <param name="known">Room for as many as are taken.</param>
    public static int Known(ReadOnlySpan<float> values, int step, Span<float> known)
    {
        int count = 0;
        for (int row = 0; row < values.Length; row += step)
        {
            if (!float.IsNaN(values[row]))
            {
                known[count++] = values[row];
            }
        }

        return count;
    }
}
