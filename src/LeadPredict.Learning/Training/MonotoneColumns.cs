using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>The constraints of <see cref="TrainerOptions.Monotone"/> by column of a table.</summary>
internal static class MonotoneColumns
{
    /// <summary>1 for a column that may only raise the score as it grows, -1 for one that may only lower it, 0 for others; null when all are free.</summary>
    /// <exception cref="TrainerOptionException">A name is not that of a numeric column.</exception>
    public static int[]? Of(FeatureTable table, TrainerOptions options)
    {
        if (options.Monotone.Count == 0)
        {
            return null;
        }

        var directions = new int[table.Columns.Count];
        foreach ((string name, MonotoneDirection direction) in options.Monotone)
        {
            int column = Enumerable.Range(0, directions.Length).FirstOrDefault(column => table.Columns[column].Name == name, -1);
            if (column < 0 || table.Columns[column].Kind != ColumnKind.Numeric)
            {
                throw new TrainerOptionException(
                    nameof(TrainerOptions.Monotone),
                    column < 0 ? $"for '{name}', which no column is called" : $"for '{name}', whose values have no order",
                    "names of numeric columns: " + string.Join(", ", table.Columns.Where(other => other.Kind == ColumnKind.Numeric).Select(other => other.Name)));
            }

            directions[column] = (int)direction;
        }

        return directions;
    }
}
