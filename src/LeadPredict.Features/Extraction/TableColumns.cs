using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Extraction;

/// <summary>The columns that the features of a table are made of, each once. Immutable.</summary>
internal sealed class TableColumns
{
    private readonly (int Column, int Reference)[] _places;

    /// <summary>Finds them in a schema of tables.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="readers">One a feature.</param>
    public TableColumns(FeatureSchema schema, IReadOnlyList<ValueReader> readers)
    {
        All = [.. readers.SelectMany((reader, feature) => Read(reader, schema, schema.Features[feature].Source)).DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase)];
        var places = All.Select((column, place) => (column.Name, place)).ToDictionary(one => one.Name, one => one.place, StringComparer.OrdinalIgnoreCase);
        _places = [.. readers.Select(reader => (places[reader.Attribute], reader.Reference is { } reference ? places[reference] : -1))];
    }

    /// <summary>In the order of the features that read them first.</summary>
    public IReadOnlyList<TableColumn> All { get; }

    /// <summary>Where the column that a feature is made of stands among all, and the one that its dates are counted from, or -1.</summary>
    public (int Column, int Reference) PlacesOf(int feature) => _places[feature];

    /// <summary>How the slashed dates are ordered that a column's dates are counted from: as those are read themselves, which may not be as these are.</summary>
    public static DateOrder ReferenceOrder(FeatureSchema schema, AttributeDate source) => schema.Features.Select(feature => feature.Source).OfType<AttributeDate>()
        .FirstOrDefault(date => string.Equals(date.Attribute, source.Reference, StringComparison.OrdinalIgnoreCase), source).Order;

    private static IEnumerable<TableColumn> Read(ValueReader reader, FeatureSchema schema, FeatureSource source)
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
            yield return new(TableColumnKind.Date, ValueReader.OfDates(reference, ReferenceOrder(schema, (AttributeDate)source)));
        }
    }
}
