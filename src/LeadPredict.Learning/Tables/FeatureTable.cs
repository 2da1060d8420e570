namespace LeadPredict.Learning.Tables;

/// <summary>
/// Feature values, one array a column, rows in time order (oldest first): early stopping takes the latest rows.
/// </summary>
/// <remarks>Immutable as long as the arrays given are left alone (they are not copied); safe to read from many threads.</remarks>
public sealed class FeatureTable
{
    private readonly float[][] _values;

    /// <summary>Creates a table.</summary>
    /// <param name="columns">The columns, in the order of the row vectors.</param>
    /// <param name="values">One array for each column, all of one length; NaN is missing, infinities are refused.</param>
    /// <exception cref="TableShapeException">Lengths differ, or a value does not fit its column.</exception>
    public FeatureTable(IReadOnlyList<FeatureColumn> columns, IReadOnlyList<float[]> values)
        : this(columns, values, values is { Count: > 0 } ? values[0]?.Length ?? 0 : 0)
    {
    }

    /// <summary>Creates a table whose row count is stated, so that it may have no columns at all.</summary>
    /// <param name="columns">The columns, in the order of the row vectors.</param>
    /// <param name="values">One array for each column, each <paramref name="rowCount"/> long.</param>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <exception cref="TableShapeException">Lengths differ, or a value does not fit its column.</exception>
    public FeatureTable(IReadOnlyList<FeatureColumn> columns, IReadOnlyList<float[]> values, int rowCount)
    {
        FeatureColumn.Check(columns);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        if (columns.Count != values.Count)
        {
            throw new TableShapeException(null, null, $"Found {values.Count} value arrays for {columns.Count} columns; expected one each.");
        }

        Columns = [.. columns];
        _values = [.. values];
        RowCount = rowCount;
        for (int column = 0; column < _values.Length; column++)
        {
            CheckColumn(Columns[column], _values[column]);
        }
    }

    private FeatureTable(IReadOnlyList<FeatureColumn> columns, float[][] values, int rowCount, bool _)
    {
        Columns = columns;
        _values = values;
        RowCount = rowCount;
    }

    /// <summary>The columns, in the order of the row vectors.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The values of one column, <see cref="RowCount"/> long.</summary>
    public ReadOnlySpan<float> Column(int column) => _values[column];

    /// <summary>Writes one row into <paramref name="destination"/>, which holds at least as many places as there are columns.</summary>
    public void CopyRow(int row, Span<float> destination)
    {
        for (int column = 0; column < _values.Length; column++)
        {
            destination[column] = _values[column][row];
        }
    }

    /// <summary>A new table of the rows named, in the order named; a row may be named twice.</summary>
    public FeatureTable Select(ReadOnlySpan<int> rows)
    {
        var selected = new float[_values.Length][];
        for (int column = 0; column < selected.Length; column++)
        {
            selected[column] = _values[column].At(rows);
        }

        return new FeatureTable(Columns, selected, rows.Length, true);
    }

    private void CheckColumn(FeatureColumn column, float[] values)
    {
        if (values is null || values.Length != RowCount)
        {
            throw new TableShapeException(
                column.Name, null, $"Column '{column.Name}' has {values?.Length ?? 0} values; expected {RowCount}, one a row.");
        }

        for (int row = 0; row < values.Length; row++)
        {
            if (!column.Accepts(values[row]))
            {
                throw new TableShapeException(
                    column.Name,
                    row,
                    FormattableString.Invariant($"Column '{column.Name}', row {row}: found {values[row]}; expected ")
                    + (column.Kind == ColumnKind.Numeric ? "a finite number or NaN." : $"a code from 0 to {column.Cardinality - 1} or NaN."));
            }
        }
    }
}
