using LeadPredict.Features.Extraction;
using LeadPredict.Features.Sources;

namespace LeadPredict.Features;

/// <summary>What a column of a table has to hold.</summary>
public enum TableColumnKind
{
    /// <summary>Text of any kind.</summary>
    Text = 0,

    /// <summary>Numbers.</summary>
    Number = 1,

    /// <summary>Yes or no, in one of the usual forms.</summary>
    Boolean = 2,

    /// <summary>Dates as text.</summary>
    Date = 3,
}

/// <summary>A column that a table's schema reads.</summary>
/// <param name="Name">Its name, as the table had it that the model learnt from.</param>
/// <param name="Kind">What it has to hold.</param>
public sealed record TableColumn(string Name, TableColumnKind Kind)
{
    internal static IReadOnlyList<TableColumn> Of(FeatureSchema schema, IReadOnlyList<ValueReader?> readers) => schema.Mode == SchemaMode.Table
        ? [.. readers.SelectMany((reader, feature) => Read(reader!, schema.Features[feature].Source)).DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase)]
        : throw new InvalidOperationException("the schema reads histories, which have no columns");

    private static IEnumerable<TableColumn> Read(ValueReader reader, FeatureSource source)
    {
        yield return new(reader.Attribute, source switch
        {
            AttributeNumber => TableColumnKind.Number,
            AttributeBoolean => TableColumnKind.Boolean,
            AttributeDate => TableColumnKind.Date,
            _ => TableColumnKind.Text,
        });
        if (reader.Reference is { } reference)
        {
            yield return new(reference, TableColumnKind.Date);
        }
    }
}
