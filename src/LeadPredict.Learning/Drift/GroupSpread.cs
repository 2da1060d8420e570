namespace LeadPredict.Learning.Drift;

/// <summary>
/// How much more the shares of a column's values vary by chance than those of as many rows that have nothing in common: the design effect of groups of rows, such as the
/// leads of an account (Kish, "Survey Sampling", 1965), a mean over the values as Rao and Scott have it (1981). Streaming; one thread at a time.
/// </summary>
/// <param name="counts">The rows with each value, by column; counted elsewhere.</param>
internal sealed class GroupSpread(long[][] counts)
{
    private readonly long[][] _inGroup = [.. counts.Select(column => new long[column.Length])];

    // Over the groups that are over: the sums of a value's rows squared, and of its rows times the group's.
    private readonly double[][] _squares = [.. counts.Select(column => new double[column.Length])];
    private readonly double[][] _products = [.. counts.Select(column => new double[column.Length])];
    private readonly List<int[]> _places = [];
    private double _sizesSquared;
    private long _rows;
    private string? _group;

    /// <summary>Begins a row.</summary>
    public void Begin(string? group)
    {
        if (group is null || group != _group)
        {
            End();
        }

        _group = group;
        _rows++;
        _places.Add(new int[counts.Length]);
    }

    /// <summary>Adds what the row says of a column.</summary>
    public void Add(int column, int place)
    {
        _places[^1][column] = place;
        _inGroup[column][place]++;
    }

    /// <summary>1 for rows that have nothing in common, at most the rows of a group where those all say the same; 1 too where all rows say the same.</summary>
    public double DesignEffect(int column)
    {
        End();
        (double seen, double expected) = (0, 0);
        for (int place = 0; place < counts[column].Length; place++)
        {
            double share = (double)counts[column][place] / Math.Max(_rows, 1);
            if (share is > 0 and < 1)
            {
                // Each value by its own share, as in the index.
                double variance = _squares[column][place] - (2 * share * _products[column][place]) + (share * share * _sizesSquared);
                seen += variance / share;
                expected += _rows * (1 - share);
            }
        }

        return expected > 0 ? Math.Max(1, seen / expected) : 1;
    }

    private void End()
    {
        double size = _places.Count;
        foreach (int[] row in _places)
        {
            for (int column = 0; column < row.Length; column++)
            {
                // The first row of a value takes all of the group that have it.
                ref long those = ref _inGroup[column][row[column]];
                _squares[column][row[column]] += (double)those * those;
                _products[column][row[column]] += those * size;
                those = 0;
            }
        }

        _sizesSquared += size * size;
        _places.Clear();
    }
}
