namespace LeadPredict.Learning.Tables;

/// <summary>The name and kind of one column of a <see cref="FeatureTable"/> and of one place in a row that is scored.</summary>
/// <param name="Name">Not empty, unique within its table (ordinal comparison).</param>
/// <param name="Kind">Numeric or categorical.</param>
/// <param name="Cardinality">The number of codes of a categorical column, at least 1; 0 for a numeric one.</param>
/// <param name="HasOther">Whether code 0 stands for all values without a code of their own, rare and unseen ones; default false.</param>
public sealed record FeatureColumn(string Name, ColumnKind Kind, int Cardinality = 0, bool HasOther = false)
{
    /// <summary>Says whether a value may stand in this column: NaN always, else a finite number or a code in range.</summary>
    public bool Accepts(float value) => Kind == ColumnKind.Numeric
        ? !float.IsInfinity(value)
        : float.IsNaN(value) || (value >= 0 && value < Cardinality && value == MathF.Floor(value));

    /// <summary>Checks the definitions that a table or a model is given.</summary>
    /// <exception cref="TableShapeException">A name is empty or repeated, or a cardinality does not fit its kind.</exception>
    public static void Check(IReadOnlyList<FeatureColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < columns.Count; i++)
        {
            FeatureColumn column = columns[i]
                ?? throw new TableShapeException(null, null, $"Column {i} is null; expected a name and a kind.");
            if (string.IsNullOrEmpty(column.Name))
            {
                throw new TableShapeException(column.Name, null, $"Column {i} has no name; expected one that is not empty.");
            }

            if (!names.Add(column.Name))
            {
                throw new TableShapeException(column.Name, null, $"Column {i} repeats the name '{column.Name}'; expected unique names.");
            }

            bool fits = column.Kind switch
            {
                ColumnKind.Numeric => column.Cardinality == 0,
                ColumnKind.Categorical => column.Cardinality >= 1,
                _ => false,
            };
            if (!fits)
            {
                throw new TableShapeException(
                    column.Name,
                    null,
                    $"Column '{column.Name}' is {column.Kind} with cardinality {column.Cardinality}; expected 0 for Numeric, at least 1 for Categorical.");
            }
        }
    }
}
