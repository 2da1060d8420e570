using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>The constraints of <see cref="TrainerOptions.Monotone"/> by column of a table.</summary>
internal static class MonotoneColumns
{
    private const int MostNamed = 20;

    /// <summary>1 for a column that may only raise the score as it grows, -1 for one that may only lower it, 0 for others; null when all are free.</summary>
    /// <remarks>Names are found without regard to case, but for those that a column has exactly.</remarks>
    /// <exception cref="TrainerOptionException">A name is not that of a numeric column, or two name one column and want different directions.</exception>
    public static int[]? Of(FeatureTable table, TrainerOptions options)
    {
        if (options.Monotone.Count == 0)
        {
            return null;
        }

        var directions = new int[table.Columns.Count];
        foreach ((string name, MonotoneDirection direction) in options.Monotone)
        {
            int column = Find(table, name, StringComparison.Ordinal) is >= 0 and var exact ? exact : Find(table, name, StringComparison.OrdinalIgnoreCase);
            if (column < 0 || table.Columns[column].Kind != ColumnKind.Numeric)
            {
                throw new TrainerOptionException(
                    nameof(TrainerOptions.Monotone),
                    column < 0 ? $"for '{name}', which no feature is called" : $"for '{name}', whose values have no order",
                    "names of numeric features: " + Named(table, name));
            }

            if (directions[column] == -(int)direction)
            {
                throw new TrainerOptionException(nameof(TrainerOptions.Monotone), $"of two directions for '{table.Columns[column].Name}'", "one for each column");
            }

            directions[column] = (int)direction;
        }

        return directions;
    }

    /// <summary>At most so many, those that hold the word first; a history has two hundred.</summary>
    private static string Named(FeatureTable table, string word)
    {
        string[] numeric = [.. table.Columns.Where(column => column.Kind == ColumnKind.Numeric).Select(column => column.Name)];
        string[] named = [.. numeric.OrderBy(name => !name.Contains(word, StringComparison.OrdinalIgnoreCase)).Take(MostNamed)];
        return string.Join(", ", named) + (named.Length < numeric.Length ? $" and {numeric.Length - named.Length} more" : "");
    }

    private static int Find(FeatureTable table, string name, StringComparison comparison) =>
        Enumerable.Range(0, table.Columns.Count).FirstOrDefault(column => table.Columns[column].Name.Equals(name, comparison), -1);
}
