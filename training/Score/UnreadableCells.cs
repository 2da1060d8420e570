using System.Globalization;
using LeadPredict.Features;
using LeadPredict.Features.Words;
using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Score;

/// <summary>
/// Counts the cells of a table that are not what the model has to read there, and so count as missing, and finds columns of categories none of which it knows: whoever
/// wrote them should know.
/// </summary>
internal sealed class UnreadableCells
{
    private readonly FeatureExtractor _extractor;
    private readonly Column[] _columns;
    private readonly Column[] _categories;
    private long _rows;

    /// <param name="extractor">The model's.</param>
    /// <param name="binding">Of the table's header.</param>
    public UnreadableCells(FeatureExtractor extractor, TableBinding binding)
    {
        _extractor = extractor;
        _columns = Columns(feature => extractor.ColumnOf(feature).Kind != TableColumnKind.Text);
        _categories = Columns(feature => CategoriesOf(feature).Count > 1 && extractor.ReadsOneCell(feature));

        Column[] Columns(Func<int, bool> wanted) =>
        [
            .. Enumerable.Range(0, extractor.Count).Where(wanted).DistinctBy(binding.Column)
                .Select(feature => new Column(feature, binding.Column(feature), extractor.ColumnOf(feature))),
        ];
    }

    /// <summary>Looks at a row.</summary>
    /// <param name="row">Its features.</param>
    /// <param name="cells">What they were read from.</param>
    public void Observe(ReadOnlySpan<float> row, IReadOnlyList<string?> cells)
    {
        _rows++;
        foreach (Column column in _columns)
        {
            if (float.IsNaN(row[column.Feature]))
            {
                Count(column, cells[column.Place], 1);
            }
        }

        foreach (Column column in _categories)
        {
            Look(column, row[column.Feature], cells[column.Place]);
        }
    }

    /// <summary>Looks at all rows of a table that was read column by column.</summary>
    public void Observe(ColumnCsv table)
    {
        _rows += table.RowCount;
        foreach (Column column in _columns)
        {
            if (table.Texts[column.Place] is { } texts)
            {
                for (int code = 0; code < texts.Texts.Length; code++)
                {
                    Count(column, texts.Texts[code], texts.Counts[code]);
                }
            }
        }

        foreach (Column column in _categories)
        {
            foreach (string text in table.Texts[column.Place]?.Texts ?? [])
            {
                Look(column, _extractor.ReadCell(column.Feature, text), text);
            }
        }
    }

    /// <summary>A warning for each column that has such cells.</summary>
    public IReadOnlyList<string> Warnings() =>
    [
        .. _columns.Where(column => column.Count > 0).Select(column => string.Create(
            CultureInfo.InvariantCulture,
            $"column '{column.Of.Name}': {column.Count} of {_rows} cells, such as one like {column.Shape}, are not {Expected(column.Of.Kind)}, and were taken for missing.")),
        .. _categories.Where(column => column is { Shape: not null, IsKnown: false }).Select(column =>
            $"column '{column.Of.Name}': none of its values, such as one like {column.Shape}, is one that the model knows, such as '{CategoriesOf(column.Feature)[1]}'; all were taken for rare ones."),
    ];

    private static string Expected(TableColumnKind kind) => kind switch
    {
        TableColumnKind.Number => "numbers (digits and a point alone)",
        TableColumnKind.Date => "dates in the form that the model learnt",
        _ => "yes or no",
    };

    private IReadOnlyList<string> CategoriesOf(int feature) => _extractor.Schema.Features[feature].Categories;

    /// <summary>A category that is rare or was never seen has code 0.</summary>
    private static void Look(Column column, float code, string? cell)
    {
        column.IsKnown |= code > 0;
        if (code == 0 && !column.IsKnown)
        {
            column.Shape ??= TextShape.Of((cell ?? "").Trim());
        }
    }

    private void Count(Column column, string? cell, int rows)
    {
        if (cell is not null && _extractor.IsUnreadable(column.Of, AttributeValue.Of(cell)))
        {
            column.Count += rows;
            column.Shape ??= TextShape.Of(cell.Trim());
        }
    }

    private sealed class Column(int feature, int place, TableColumn of)
    {
        public int Feature { get; } = feature;

        public int Place { get; } = place;

        public TableColumn Of { get; } = of;

        public long Count { get; set; }

        public string? Shape { get; set; }

        public bool IsKnown { get; set; }
    }
}
