using LeadPredict.Learning.Tables;

namespace LeadPredict.MLNet;

/// <summary>
/// How the columns of a table become the slots of Microsoft.ML's feature vector: a numeric column is one slot, a categorical one a slot a code.
/// A missing number stands below all others, a missing code has no slot set.
/// </summary>
/// <remarks>Immutable and safe to use from many threads.</remarks>
public sealed class SlotLayout
{
    private readonly FeatureColumn[] _columns;
    private readonly int[] _first;

    /// <summary>Lays out the columns of a table.</summary>
    /// <param name="columns">In the table's order.</param>
    public SlotLayout(IReadOnlyList<FeatureColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        _first = new int[_columns.Length + 1];
        for (int column = 0; column < _columns.Length; column++)
        {
            _first[column + 1] = _first[column] + Math.Max(1, _columns[column].Cardinality);
        }
    }

    /// <summary>What stands for a missing number: no question can part it from the lowest numbers but one that parts it from all.</summary>
    public const float Missing = float.MinValue;

    /// <summary>The number of slots.</summary>
    public int Count => _first[^1];

    /// <summary>Writes a row into slots.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    /// <param name="slots"><see cref="Count"/> long; overwritten.</param>
    public void Fill(ReadOnlySpan<float> row, Span<float> slots)
    {
        slots.Clear();
        for (int column = 0; column < _columns.Length; column++)
        {
            float value = row[column];
            if (_columns[column].Kind == ColumnKind.Numeric)
            {
                slots[_first[column]] = float.IsNaN(value) ? Missing : value;
            }
            else if (value >= 0 && value < _columns[column].Cardinality)
            {
                slots[_first[column] + (int)value] = 1;
            }
        }
    }

    /// <summary>The column of a slot, and the code that the slot stands for; -1 for a numeric column.</summary>
    public (int Column, int Code) Of(int slot)
    {
        int found = Array.BinarySearch(_first, slot);
        int column = found >= 0 ? found : ~found - 1;
        return (column, _columns[column].Kind == ColumnKind.Numeric ? -1 : slot - _first[column]);
    }
}
