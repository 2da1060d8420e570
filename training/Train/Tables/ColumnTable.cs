using LeadPredict.Artifacts.Format;
using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Features.Sources;
using LeadPredict.Learning.Tables;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Train.Tables;

/// <summary>
/// A labelled table read in one go, column by column: each different text of a column is looked at once. The schema and the rows are those that
/// the general way comes to, bit for bit.
/// </summary>
internal static class ColumnTable
{
    /// <summary>Reads a file and learns its schema; null when it has to be read the general way.</summary>
    /// <param name="table">The file.</param>
    /// <param name="options">With the label among the dropped columns.</param>
    /// <param name="groups">The group of each row, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static (SchemaDraft Draft, TrainingTable Rows)? TryRead(LabelledTable table, SchemaOptions options, int[]? groups, CancellationToken cancellation)
    {
        ColumnUse[] uses = [.. table.Header.Select(
            name => options.Drop.Contains(name, StringComparer.OrdinalIgnoreCase) ? ColumnUse.Skip : ColumnUse.NumbersOrTexts)];
        ColumnCsv? columns = table.ReadColumns(uses, options.MissingWords, cancellation);
        if (columns is not null && NamedByNumbers(table.Header, options, columns) is { Length: > 0 } named)
        {
            // Whole numbers that may be names of things: what they are is told by their texts.
            Array.ForEach(named, column => uses[column] = ColumnUse.Texts);
            columns = table.ReadColumns(uses, options.MissingWords, cancellation);
        }

        if (columns is null)
        {
            return null;
        }

        var profile = new TableProfile(table.Header, options);
        profile.ObserveRows(columns.RowCount);
        for (int column = 0; column < table.Header.Count; column++)
        {
            if (columns.Texts[column] is { } texts)
            {
                profile.Observe(column, texts.Texts, texts.Counts, groups is null ? null : Groups(texts, groups));
            }
            else if (columns.Numbers[column] is { } numbers && !profile.TryObserve(column, numbers.Summary))
            {
                return null;
            }
        }

        SchemaDraft draft = profile.Build();
        return Features(columns, new FeatureExtractor(draft.Schema), table.Header) is { } features
            ? (draft, new TrainingTable(features, columns.Labels))
            : null;
    }

    /// <summary>The features of all rows by a schema; null when one is made of more than a column tells.</summary>
    public static FeatureTable? Features(ColumnCsv columns, FeatureExtractor extractor, IReadOnlyList<string> header)
    {
        TableBinding binding = extractor.Bind(header);
        var values = new float[]?[extractor.Count];
        Parallel.For(0, values.Length, feature => values[feature] = Feature(columns, extractor, feature, binding.Column(feature)));
        return Array.Exists(values, column => column is null)
            ? null
            : new FeatureTable(SchemaColumns.Of(extractor.Schema), values!, columns.RowCount);
    }

    private static float[]? Feature(ColumnCsv columns, FeatureExtractor extractor, int feature, int column)
    {
        if (columns.Numbers[column] is { } numbers)
        {
            return extractor.Schema.Features[feature].Source is AttributeNumber ? numbers.Values : null;
        }

        if (columns.Texts[column] is not { } texts || !extractor.ReadsOneCell(feature))
        {
            return null;
        }

        float[] byCode = [.. texts.Texts.Select(text => extractor.ReadCell(feature, text))];
        float[] values = GC.AllocateUninitializedArray<float>(texts.Codes.Length);
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = byCode[texts.Codes[row]];
        }

        return values;
    }

    /// <summary>How many groups have each text that did not have it, but for blanks around it, before.</summary>
    private static int[] Groups(TextColumn column, int[] groups)
    {
        string[] texts = [.. column.Texts.Select(text => text.Trim())];
        var seen = new HashSet<(string Text, int Group)>();
        var counts = new int[texts.Length];
        for (int row = 0; row < column.Codes.Length; row++)
        {
            counts[column.Codes[row]] += seen.Add((texts[column.Codes[row]], groups[row])) ? 1 : 0;
        }

        return counts;
    }

    private static int[] NamedByNumbers(IReadOnlyList<string> header, SchemaOptions options, ColumnCsv columns)
    {
        var profile = new TableProfile(header, options);
        return [.. Enumerable.Range(0, header.Count).Where(
            column => columns.Numbers[column] is { } numbers && !profile.TryObserve(column, numbers.Summary))];
    }
}
