using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Faces;

/// <summary>Reads the records of an invocation.</summary>
/// <typeparam name="T">What a record is read as.</typeparam>
internal interface IMlflowRecords<T>
{
    /// <summary>Reads a record that is an object; what is wrong is noted.</summary>
    T Read(JsonField record);

    /// <summary>Reads an object of columns, each with a list of cells; null where there is no such form.</summary>
    List<T>? ReadColumns(JsonField columns);

    /// <summary>Reads the columns of a split frame; what is wrong is noted.</summary>
    /// <returns>How many there are, or null where rows cannot be read by them.</returns>
    int? Begin(JsonField columns);

    /// <summary>Reads a row of a split frame that has a cell for each column; what is wrong is noted.</summary>
    bool TryRead(JsonField row, IReadOnlyList<JsonField> cells, [NotNullWhen(true)] out T? record);
}

/// <summary>Records that are requests to score; of a split frame the columns are their members.</summary>
internal sealed class MlflowLeads : IMlflowRecords<FaceLead>
{
    private const int MostColumns = 20;
    private List<string> _names = [];

    public FaceLead Read(JsonField record) => FaceLead.Read(record);

    public List<FaceLead>? ReadColumns(JsonField columns) => null;

    public int? Begin(JsonField columns)
    {
        _names = [.. columns.Items(MostColumns).Select(column => column.Text(RequestLimits.NameLength))];
        return _names.Count;
    }

    public bool TryRead(JsonField row, IReadOnlyList<JsonField> cells, [NotNullWhen(true)] out FaceLead? record)
    {
        // Told as the record that it means, so that one reader says what is wrong.
        using var told = new MemoryStream();
        using (var json = new Utf8JsonWriter(told))
        {
            json.WriteStartObject();
            for (int i = 0; i < _names.Count; i++)
            {
                json.WritePropertyName(_names[i]);
                json.WriteRawValue(cells[i].Element.GetRawText(), skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        record = FaceLead.Read(row, "row", told.ToArray());
        return record is not null;
    }
}

/// <summary>Records that are rows of the model's table, scored as they are read.</summary>
internal sealed class MlflowRows(FaceTable table) : IMlflowRecords<ProbabilityEstimate>
{
    private int[]? _found;

    public ProbabilityEstimate Read(JsonField record)
    {
        List<(string? Name, JsonField Value)> cells = record.Columns(FaceTable.MostColumns);
        return record.IsObject && table.Find(record, [.. cells.Select(cell => cell.Name)]) is { } found ? table.Score(found, [.. cells.Select(cell => cell.Value)]) : default;
    }

    public List<ProbabilityEstimate>? ReadColumns(JsonField columns)
    {
        int faults = columns.Faults.Count;
        List<(string? Name, JsonField At, List<JsonField> Cells)> read =
            [.. columns.Columns(FaceTable.MostColumns).Select(column => (column.Name, column.Value, column.Value.Items(FaceScores.MostLeads)))];
        return columns.Faults.Count > faults ? [] : table.Score(columns, read);
    }

    public int? Begin(JsonField columns)
    {
        int faults = columns.Faults.Count;
        List<JsonField> names = columns.Items(FaceTable.MostColumns);
        _found = columns.Faults.Count > faults ? null : table.Find(columns, [.. names.Select(name => name.TextIfAny())]);
        return _found is null ? null : names.Count;
    }

    public bool TryRead(JsonField row, IReadOnlyList<JsonField> cells, out ProbabilityEstimate record)
    {
        record = table.Score(_found!, cells);
        return true;
    }
}
