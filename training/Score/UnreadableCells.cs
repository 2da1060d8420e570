using System.Globalization;
using LeadPredict.Features;
using LeadPredict.Features.Words;
using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Score;

/// <summary>Counts the cells of a table that are not what the model has to read there, and so count as missing: whoever wrote them should know.</summary>
internal sealed class UnreadableCells
{
    private readonly FeatureExtractor _extractor;
    private readonly Column[] _columns;
    private long _rows;

    /// <param name="extractor">The model's.</param>
    /// <param name="binding">Of the table's header.</param>
    public UnreadableCells(FeatureExtractor extractor, TableBinding binding)
    {
        _extractor = extractor;
        _columns =
        [
            .. Enumerable.Range(0, extractor.Count).Where(feature => extractor.ColumnOf(feature).Kind != TableColumnKind.Text)
                .DistinctBy(binding.Column).Select(feature => new Column(feature, binding.Column(feature), extractor.ColumnOf(feature))),
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
    }

    /// <summary>A warning for each column that has such cells.</summary>
    public IReadOnlyList<string> Warnings() =>
    [
        .. _columns.Where(column => column.Count > 0).Select(column => string.Create(
            CultureInfo.InvariantCulture,
            $"column '{column.Of.Name}': {column.Count} of {_rows} cells, such as one like {column.Shape}, are not {Expected(column.Of.Kind)}, and were taken for missing.")),
    ];

    private static string Expected(TableColumnKind kind) => kind switch
    {
        TableColumnKind.Number => "numbers (digits and a point alone)",
        TableColumnKind.Date => "dates in the form that the model learnt",
        _ => "yes or no",
    };

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
    }
}
