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
public sealed class TableColumn
{
    private TableColumn(TableColumnKind kind, ValueReader reader)
    {
        Kind = kind;
        Reader = reader;
    }

    /// <summary>Its name, as the table had it that the model learnt from.</summary>
    public string Name => Reader.Attribute;

    /// <summary>What it has to hold.</summary>
    public TableColumnKind Kind { get; }

    internal ValueReader Reader { get; }

    internal static IReadOnlyList<TableColumn> Of(FeatureSchema schema, IReadOnlyList<ValueReader?> readers) => schema.Mode == SchemaMode.Table
        ? [.. readers.SelectMany((reader, feature) => Read(reader!, schema.Features[feature].Source)).DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase)]
        : throw new InvalidOperationException("the schema reads histories, which have no columns");

    private static IEnumerable<TableColumn> Read(ValueReader reader, FeatureSource source)
    {
        yield return new(
            source switch
            {
                AttributeNumber => TableColumnKind.Number,
                AttributeBoolean => TableColumnKind.Boolean,
                AttributeDate => TableColumnKind.Date,
                _ => TableColumnKind.Text,
            },
            reader);
        if (reader.Reference is { } reference)
        {
            yield return new(TableColumnKind.Date, ValueReader.OfDates(reference, ((AttributeDate)source).Order));
        }
    }
}
