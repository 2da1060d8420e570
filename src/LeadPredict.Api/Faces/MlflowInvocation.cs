using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Faces;

/// <summary>
/// The shapes of MLflow's <c>/invocations</c>: <c>dataframe_records</c>, <c>dataframe_split</c>, <c>instances</c> or <c>inputs</c>. Each record is a
/// request to score; of a split frame the columns are its members.
/// </summary>
internal static class MlflowInvocation
{
    private static readonly string[] Lists = ["dataframe_records", "instances", "inputs"];
    private const string Split = "dataframe_split";

    public static List<FaceLead> Read(ReadOnlyMemory<byte> body) => JsonBody.Read(body, root =>
    {
        Dictionary<string, JsonField> members = root.Members([.. Lists, Split, "params"]);
        JsonField[] given = [.. Lists.Append(Split).Where(members.ContainsKey).Select(name => members[name])];
        if (given.Length != 1)
        {
            root.Fault($"{given.Length} of them", $"one of {string.Join(", ", Lists)}, {Split}");
            return [];
        }

        List<FaceLead> leads = members.TryGetValue(Split, out JsonField split)
            ? ReadSplit(split)
            : [.. given[0].Items(FaceScores.MostLeads).Select(FaceLead.Read)];
        if (leads.Count == 0 && given[0].Faults.Count == 0)
        {
            given[0].Fault("no record", $"1 to {FaceScores.MostLeads}");
        }

        return leads;
    });

    public static MlflowAnswer Write(IEnumerable<LeadScore> scores) => new([.. scores.Select(score => new MlflowPrediction(
        score.LeadId,
        score.Probabilities.Sql?.Value,
        score.Probabilities.CloseGivenSql?.Value,
        score.Probabilities.Close?.Value,
        score.AbstainedBecause is null ? score.Score : null,
        score.AbstainedBecause is null ? score.Grade : null,
        score.Abstained))]);

    private static List<FaceLead> ReadSplit(JsonField split)
    {
        Dictionary<string, JsonField> members = split.Members("columns", "data", "index");
        Fields.Require(split, members, "columns", "data");
        var leads = new List<FaceLead>();
        if (!members.TryGetValue("columns", out JsonField columns) || !members.TryGetValue("data", out JsonField data))
        {
            return leads;
        }

        string[] names = [.. columns.Items(20).Select(column => column.Text(RequestLimits.NameLength))];
        foreach (JsonField row in data.Items(FaceScores.MostLeads))
        {
            List<JsonField> cells = row.Items(names.Length);
            if (cells.Count != names.Length)
            {
                row.Fault($"{cells.Count} cells", $"{names.Length}, one a column");
                continue;
            }

            // Told as the record that it means, so that one reader says what is wrong.
            using var record = new MemoryStream();
            using (var json = new Utf8JsonWriter(record))
            {
                json.WriteStartObject();
                for (int i = 0; i < names.Length; i++)
                {
                    json.WritePropertyName(names[i]);
                    cells[i].Element.WriteTo(json);
                }

                json.WriteEndObject();
            }

            if (FaceLead.Read(row, "row", record.ToArray()) is { } lead)
            {
                leads.Add(lead);
            }
        }

        return leads;
    }
}
