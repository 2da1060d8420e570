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

    public static List<ScoreRequest> Read(ReadOnlyMemory<byte> body) => JsonBody.Read(body, root =>
    {
        Dictionary<string, JsonField> members = root.Members([.. Lists, Split, "params"]);
        JsonField[] given = [.. Lists.Append(Split).Where(members.ContainsKey).Select(name => members[name])];
        if (given.Length != 1)
        {
            root.Fault($"{given.Length} of them", $"one of {string.Join(", ", Lists)}, {Split}");
            return [];
        }

        List<ScoreRequest> requests = members.TryGetValue(Split, out JsonField split)
            ? ReadSplit(split)
            : [.. given[0].Items(FaceScores.MostLeads).Select(ScoreRequestReader.Read)];
        if (requests.Count == 0 && given[0].Faults.Count == 0)
        {
            given[0].Fault("no record", $"1 to {FaceScores.MostLeads}");
        }

        return requests;
    });

    public static MlflowAnswer Write(IEnumerable<LeadScore> scores) => new([.. scores.Select(score => new MlflowPrediction(
        score.LeadId, score.Probabilities.Sql?.Value, score.Probabilities.CloseGivenSql?.Value, score.Probabilities.Close?.Value, score.Score, score.Grade))]);

    private static List<ScoreRequest> ReadSplit(JsonField split)
    {
        Dictionary<string, JsonField> members = split.Members("columns", "data", "index");
        Fields.Require(split, members, "columns", "data");
        var requests = new List<ScoreRequest>();
        if (!members.TryGetValue("columns", out JsonField columns) || !members.TryGetValue("data", out JsonField data))
        {
            return requests;
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

            try
            {
                requests.Add(ScoreRequestReader.Read(record.ToArray()));
            }
            catch (RequestFaultsException faults)
            {
                foreach (RequestFault fault in faults.Faults)
                {
                    row.Fault($"{fault.Found} in {fault.Pointer}", fault.Expected);
                }
            }
        }

        return requests;
    }
}

/// <summary>The answer of <c>/invocations</c>.</summary>
public sealed record MlflowAnswer(IReadOnlyList<MlflowPrediction> Predictions);

/// <summary>One prediction.</summary>
public sealed record MlflowPrediction(string LeadId, double? Sql, double? CloseGivenSql, double? Close, int Score, string Grade);
