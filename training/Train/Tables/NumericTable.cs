using LeadPredict.Artifacts.Format;
using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Features.Sources;
using LeadPredict.Learning.Tables;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Train.Tables;

/// <summary>A labelled table whose columns are all numbers, read in one go: the schema and rows that the general way comes to, bit for bit.</summary>
internal static class NumericTable
{
    /// <summary>Reads the file; null when it has to be read the general way.</summary>
    /// <param name="table">The file.</param>
    /// <param name="options">With the label among the dropped columns.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static (SchemaDraft Draft, TrainingTable Rows)? TryRead(LabelledTable table, SchemaOptions options, CancellationToken cancellation)
    {
        bool[] read = [.. table.Header.Select(name => !options.Drop.Contains(name, StringComparer.OrdinalIgnoreCase))];
        NumericCsv? numbers = table.ReadNumbers(read, options.MissingWords, cancellation);
        if (numbers is null)
        {
            return null;
        }

        var profile = new TableProfile(table.Header, options);
        if (!profile.TryObserve(numbers.Labels.Length, [.. numbers.Columns.Select(column => column?.Summary)]))
        {
            return null;
        }

        SchemaDraft draft = profile.Build();
        string[] header = [.. table.Header];
        var values = new float[draft.Schema.Features.Count][];
        for (int feature = 0; feature < values.Length; feature++)
        {
            int place = draft.Schema.Features[feature].Source is AttributeNumber source ? Array.IndexOf(header, source.Attribute) : -1;
            if (place < 0 || numbers.Columns[place] is not { } column)
            {
                return null;
            }

            values[feature] = column.Values;
        }

        return (draft, new TrainingTable(new FeatureTable(SchemaColumns.Of(draft.Schema), values, numbers.Labels.Length), numbers.Labels));
    }
}
