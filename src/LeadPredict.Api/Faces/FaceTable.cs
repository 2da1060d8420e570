using LeadPredict.Api.Requests;
using LeadPredict.Features;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Faces;

/// <summary>
/// Scores rows of the table that a model learnt from, by the extractor that training uses. Rows are scored as they are read, so that what cannot be read of
/// a cell is told beside what is wrong with the form. For one thread.
/// </summary>
/// <param name="engine">Of a table's model.</param>
/// <param name="scored">Is told of each row.</param>
internal sealed class FaceTable(PredictionEngine engine, Action scored)
{
    /// <summary>Columns in one request; those that the model does not read do no harm.</summary>
    public const int MostColumns = 10_000;

    private const int Named = 10;
    private readonly FeatureExtractor _extractor = engine.Compiled.Extractor;
    private readonly Dictionary<string, AttributeValue> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the model reads.</summary>
    public IReadOnlyList<TableColumn> Columns => _extractor.Columns;

    /// <summary>Notes the columns that the model reads and that are not there.</summary>
    /// <returns>Whether all are there.</returns>
    public bool Demand(JsonField row, Predicate<string> has)
    {
        List<string>? missing = null;
        foreach (TableColumn column in Columns)
        {
            if (!has(column.Name))
            {
                (missing ??= []).Add($"'{ShownText.Of(column.Name)}'");
            }
        }

        if (missing is not null)
        {
            string more = missing.Count > Named ? $" and {missing.Count - Named} more" : "";
            row.Fault($"no column {string.Join(", ", missing.Take(Named))}{more}", "every column that the model was trained on, with null where nothing is known");
        }

        return missing is null;
    }

    /// <summary>Scores a row that has every column; what is wrong with a cell is noted.</summary>
    public ProbabilityEstimate Score(IReadOnlyDictionary<string, JsonField> cells)
    {
        foreach (TableColumn column in Columns)
        {
            JsonField cell = cells[column.Name];
            AttributeValue value = cell.Value();
            _values[column.Name] = value;
            if (_extractor.IsUnreadable(column, value))
            {
                cell.Fault(cell.Found(), Expected(column.Kind));
            }
        }

        scored();
        return engine.PredictRow(_values).Final;
    }

    private static string Expected(TableColumnKind kind) => kind switch
    {
        TableColumnKind.Number => "a number, or null",
        TableColumnKind.Boolean => "true or false, or null",
        _ => "a date as text, such as 2025-03-31, or null",
    };
}
