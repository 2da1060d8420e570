namespace LeadPredict.Learning.Models;

/// <summary>
/// The Shapley values of trees that ask about few columns, such as a situation's stage and time: rows whose values are of the same classes have the
/// same, so that each combination of classes is worked out once, by <see cref="LinearTreeShap"/>.
/// </summary>
/// <remarks>Immutable and safe to use from many threads.</remarks>
internal sealed class ShapCells
{
    /// <summary>Most combinations times nodes, some milliseconds of work and 8 MB; where there are more, the trees are gone through for each row.</summary>
    internal const int MostWork = 1 << 21;

    private readonly ValueClasses[] _columns;
    private readonly double[] _values;

    private ShapCells(ValueClasses[] columns, double[] values)
    {
        _columns = columns;
        _values = values;
    }

    /// <summary>Works out all combinations; null when that is more than <see cref="MostWork"/>.</summary>
    public static ShapCells? Of(TreeEnsemble trees)
    {
        if (ValueClasses.AskedBy(trees.Arrays) is not { Length: > 0 } columns)
        {
            return null;
        }

        long cells = 1;
        foreach (ValueClasses column in columns)
        {
            cells *= column.Count;
            if (cells * trees.Arrays.Feature.Length > MostWork)
            {
                return null;
            }
        }

        var values = new double[cells * columns.Length];
        var row = new float[columns[^1].Column + 1];
        var contributions = new double[row.Length];
        for (int cell = 0; cell < cells; cell++)
        {
            int left = cell;
            for (int i = columns.Length - 1; i >= 0; i--)
            {
                row[columns[i].Column] = columns[i].Example(left % columns[i].Count);
                left /= columns[i].Count;
            }

            Array.Clear(contributions);
            LinearTreeShap.Add(trees, row, 1, contributions);
            for (int i = 0; i < columns.Length; i++)
            {
                values[(cell * columns.Length) + i] = contributions[columns[i].Column];
            }
        }

        return new ShapCells(columns, values);
    }

    /// <summary>Adds the weighted contributions of all trees, as <see cref="LinearTreeShap.Add"/> does.</summary>
    public void Add(ReadOnlySpan<float> row, double weight, Span<double> contributions)
    {
        int cell = 0;
        foreach (ValueClasses column in _columns)
        {
            cell = (cell * column.Count) + column.Of(row[column.Column]);
        }

        ReadOnlySpan<double> values = _values.AsSpan(cell * _columns.Length, _columns.Length);
        for (int i = 0; i < values.Length; i++)
        {
            contributions[_columns[i].Column] += weight * values[i];
        }
    }
}
