using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Extraction;

/// <summary>The columns that the features of a table are made of, each once. Immutable.</summary>
internal sealed class TableColumns
{
    private readonly (int Column, int Reference)[] _places;

    /// <summary>Finds them in a schema of tables.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="readers">One a feature.</param>
    /// <param name="referenceOrders">One a feature: how the slashed dates are ordered that its dates are counted from.</param>
    public TableColumns(FeatureSchema schema, IReadOnlyList<ValueReader> readers, IReadOnlyList<DateOrder> referenceOrders)
    {
        All = [.. readers.SelectMany((reader, feature) => Read(reader, schema.Features[feature].Source, referenceOrders[feature])).DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase)];
        var places = All.Select((column, place) => (column.Name, place)).ToDictionary(one => one.Name, one => one.place, StringComparer.OrdinalIgnoreCase);
        _places = [.. readers.Select(reader => (places[reader.Attribute], reader.Reference is { } reference ? places[reference] : -1))];
    }

    /// <summary>In the order of the features that read them first.</summary>
    public IReadOnlyList<TableColumn> All { get; }

    /// <summary>Where the column that a feature is made of stands among all, and the one that its dates are counted from, or -1.</summary>
    public (int Column, int Reference) PlacesOf(int feature) => _places[feature];

    private static IEnumerable<TableColumn> Read(ValueReader reader, FeatureSource source, DateOrder referenceOrder)
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
            yield return new(TableColumnKind.Date, ValueReader.OfDates(reference, referenceOrder));
        }
    }
}
