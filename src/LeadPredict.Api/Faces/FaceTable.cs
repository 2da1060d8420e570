using System.Collections.Frozen;
using System.Runtime.CompilerServices;
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
    private static readonly ConditionalWeakTable<IReadOnlyList<TableColumn>, FrozenDictionary<string, int>> PlacesOf = [];

    private readonly FeatureExtractor _extractor = engine.Compiled.Extractor;
    private readonly FrozenDictionary<string, int> _places = PlacesOf.GetValue(engine.Compiled.Extractor.Columns, columns =>
        columns.Select((column, place) => (column.Name, place)).ToFrozenDictionary(one => one.Name, one => one.place, StringComparer.OrdinalIgnoreCase));

    private readonly AttributeValue[] _values = new AttributeValue[engine.Compiled.Extractor.Columns.Count];

    /// <summary>What the model reads.</summary>
    public IReadOnlyList<TableColumn> Columns => _extractor.Columns;

    /// <summary>Finds what a row is made of among the columns that came.</summary>
    /// <param name="at">Where they came; what is missing is noted there.</param>
    /// <param name="came">Names, or null for what can be none.</param>
    /// <returns>For each of <see cref="Columns"/> which of those that came it is; null where one is missing or came twice.</returns>
    public int[]? Find(JsonField at, IReadOnlyList<string?> came)
    {
        int[] found = new int[Columns.Count];
        Array.Fill(found, -1);
        for (int column = 0; column < came.Count; column++)
        {
            if (came[column] is { } name && _places.TryGetValue(name.Trim(), out int place))
            {
                if (found[place] >= 0)
                {
                    at.Fault($"'{ShownText.Of(name)}' twice", "each column once");
                    return null;
                }

                found[place] = column;
            }
        }

        string[] missing = [.. Columns.Where((_, place) => found[place] < 0).Select(column => $"'{ShownText.Of(column.Name)}'")];
        if (missing.Length > 0)
        {
            string more = missing.Length > Named ? $" and {missing.Length - Named} more" : "";
            at.Fault($"no column {string.Join(", ", missing.Take(Named))}{more}", "every column that the model was trained on, with null where nothing is known");
        }

        return missing.Length == 0 ? found : null;
    }

    /// <summary>Scores a row; what is wrong with a cell is noted.</summary>
    /// <param name="found">See <see cref="Find"/>.</param>
    /// <param name="cells">In the order in which the columns came.</param>
    public ProbabilityEstimate Score(int[] found, IReadOnlyList<JsonField> cells)
    {
        for (int column = 0; column < found.Length; column++)
        {
            Put(column, cells[found[column]]);
        }

        return Score();
    }

    /// <summary>Scores rows that came column by column, all of one length; what is wrong is noted.</summary>
    /// <param name="at">Where they came.</param>
    /// <param name="columns">Each with its name, where it came, and its cells.</param>
    public List<ProbabilityEstimate> Score(JsonField at, IReadOnlyList<(string? Name, JsonField At, List<JsonField> Cells)> columns)
    {
        if (Find(at, [.. columns.Select(column => column.Name)]) is not { } found)
        {
            return [];
        }

        int rows = columns[found[0]].Cells.Count;
        if (found.Select(column => columns[column]).FirstOrDefault(column => column.Cells.Count != rows) is { Cells: not null } other)
        {
            other.At.Fault($"{other.Cells.Count} elements", $"{rows}, as many as '{ShownText.Of(Columns[0].Name)}' has");
            return [];
        }

        var scored = new List<ProbabilityEstimate>(rows);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < found.Length; column++)
            {
                Put(column, columns[found[column]].Cells[row]);
            }

            scored.Add(Score());
        }

        return scored;
    }

    /// <summary>Puts a cell into the row that is scored next.</summary>
    /// <param name="column">The place among <see cref="Columns"/>.</param>
    /// <param name="value">The cell.</param>
    /// <returns>False where its column cannot hold it, or where it takes the number as it was written to tell what it is.</returns>
    public bool Put(int column, AttributeValue value)
    {
        _values[column] = value;
        return !(Columns[column].Kind == TableColumnKind.Text && value.Kind == AttributeKind.Number) && !_extractor.IsUnreadable(Columns[column], value);
    }

    /// <summary>Scores the row of which every cell was put.</summary>
    public ProbabilityEstimate Score() => engine.PredictRow(_values).Final;

    private void Put(int column, JsonField cell)
    {
        AttributeValue value = cell.Value();

        // Identifiers of many digits would not outlive being numbers.
        value = Columns[column].Kind == TableColumnKind.Text && value.Kind == AttributeKind.Number ? AttributeValue.Of(cell.Element.GetRawText()) : value;
        if (!Put(column, value))
        {
            cell.Fault(cell.Found(), Expected(Columns[column].Kind));
        }
    }

    private static string Expected(TableColumnKind kind) => kind switch
    {
        TableColumnKind.Number => "a number, or null",
        TableColumnKind.Boolean => "true or false, or null",
        _ => "a date as text, such as 2025-03-31, or null",
    };
}
