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
internal sealed class FaceTable(PredictionEngine engine)
{
    /// <summary>Columns in one request; those that the model does not read do no harm.</summary>
    public const int MostColumns = 10_000;

    private const int Named = 10;
    private readonly FeatureExtractor _extractor = engine.Compiled.Extractor;
    private readonly AttributeValue[] _values = new AttributeValue[engine.Compiled.Extractor.Columns.Count];

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
        for (int column = 0; column < Columns.Count; column++)
        {
            JsonField cell = cells[Columns[column].Name];
            if (!Put(column, cell.Value()))
            {
                cell.Fault(cell.Found(), Expected(Columns[column].Kind));
            }
        }

        return Score();
    }

    /// <summary>Puts a cell into the row that is scored next; false where its column cannot hold it.</summary>
    /// <param name="column">The place among <see cref="Columns"/>.</param>
    /// <param name="value">The cell.</param>
    public bool Put(int column, AttributeValue value)
    {
        _values[column] = value;
        return !_extractor.IsUnreadable(Columns[column], value);
    }

    /// <summary>Scores the row of which every cell was put.</summary>
    public ProbabilityEstimate Score() => engine.PredictRow(_values).Final;

    private static string Expected(TableColumnKind kind) => kind switch
    {
        TableColumnKind.Number => "a number, or null",
        TableColumnKind.Boolean => "true or false, or null",
        _ => "a date as text, such as 2025-03-31, or null",
    };
}
