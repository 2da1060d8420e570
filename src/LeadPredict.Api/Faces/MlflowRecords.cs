using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Faces;

/// <summary>Records that are requests to score; of a split frame the columns are their members.</summary>
internal sealed class MlflowLeads : IMlflowRecords<FaceLead>
{
    public int MostColumns => 20;

    public bool Accepts(JsonField columns, IReadOnlyList<string> names) => true;

    public FaceLead Read(JsonField record) => FaceLead.Read(record);

    public bool TryRead(JsonField row, IReadOnlyList<string> names, IReadOnlyList<JsonField> cells, [NotNullWhen(true)] out FaceLead record)
    {
        // Told as the record that it means, so that one reader says what is wrong.
        using var told = new MemoryStream();
        using (var json = new Utf8JsonWriter(told))
        {
            json.WriteStartObject();
            for (int i = 0; i < names.Count; i++)
            {
                json.WritePropertyName(names[i]);
                cells[i].Element.WriteTo(json);
            }

            json.WriteEndObject();
        }

        record = FaceLead.Read(row, "row", told.ToArray())!;
        return record is not null;
    }
}

/// <summary>Records that are rows of the model's table, scored as they are read.</summary>
internal sealed class MlflowRows(FaceTable table) : IMlflowRecords<ProbabilityEstimate>
{
    public int MostColumns => FaceTable.MostColumns;

    public bool Accepts(JsonField columns, IReadOnlyList<string> names)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (!known.Add(name))
            {
                columns.Fault($"'{ShownText.Of(name)}' twice", "each column once");
                return false;
            }
        }

        return table.Demand(columns, known.Contains);
    }

    public ProbabilityEstimate Read(JsonField record)
    {
        int faults = record.Faults.Count;
        Dictionary<string, JsonField> cells = record.AnyMembers(StringComparer.OrdinalIgnoreCase, FaceTable.MostColumns);
        return record.Faults.Count == faults && table.Demand(record, cells.ContainsKey) ? table.Score(cells) : default;
    }

    public bool TryRead(JsonField row, IReadOnlyList<string> names, IReadOnlyList<JsonField> cells, out ProbabilityEstimate record)
    {
        var named = new Dictionary<string, JsonField>(names.Count, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Count; i++)
        {
            named.Add(names[i], cells[i]);
        }

        record = table.Score(named);
        return true;
    }
}
