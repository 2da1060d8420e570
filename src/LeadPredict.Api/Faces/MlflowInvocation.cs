using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Faces;

/// <summary>
/// The shapes of MLflow's <c>/invocations</c>: <c>dataframe_records</c>, <c>dataframe_split</c>, <c>instances</c> or <c>inputs</c>, of which each record is a
/// request to score, or a row of the model's table.
/// </summary>
internal static class MlflowInvocation
{
    private static readonly string[] Lists = ["dataframe_records", "instances", "inputs"];
    private const string Split = "dataframe_split";

    /// <summary>Reads the body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="records">Reads what is in it.</param>
    /// <exception cref="RequestFaultsException">It is not as the protocol or the model says.</exception>
    public static List<T> Read<T>(ReadOnlyMemory<byte> body, IMlflowRecords<T> records) => JsonBody.Read(body, root =>
    {
        Dictionary<string, JsonField> members = root.Members([.. Lists, Split, "params"]);
        JsonField[] given = [.. Lists.Append(Split).Where(members.ContainsKey).Select(name => members[name])];
        if (given.Length != 1)
        {
            root.Fault($"{given.Length} of them", $"one of {string.Join(", ", Lists)}, {Split}");
            return [];
        }

        List<T> read = members.TryGetValue(Split, out JsonField split)
            ? ReadSplit(split, records)
            : given[0].IsObject && records.ReadColumns(given[0]) is { } columns ? columns
            : [.. given[0].Items(FaceScores.MostLeads).Select(records.Read)];
        if (read.Count == 0 && given[0].Faults.Count == 0)
        {
            given[0].Fault("no record", $"1 to {FaceScores.MostLeads}");
        }

        return read;
    });

    /// <summary>Answers with leads' scores.</summary>
    public static MlflowAnswer Write(IEnumerable<LeadScore> scores) => new([.. scores.Select(score => new MlflowPrediction(
        score.LeadId,
        score.Probabilities.Sql?.Value,
        score.Probabilities.CloseGivenSql?.Value,
        score.Probabilities.Close?.Value,
        score.Score,
        score.Grade,
        score.Abstained))]);

    /// <summary>Answers with rows' probabilities.</summary>
    public static MlflowRowAnswer Write(IEnumerable<ProbabilityEstimate> rows) => new([.. rows.Select(row => new MlflowRow(row.Value, row.Low, row.High))]);

    private static List<T> ReadSplit<T>(JsonField split, IMlflowRecords<T> records)
    {
        Dictionary<string, JsonField> members = split.Members("columns", "data", "index");
        Fields.Require(split, members, "columns", "data");
        var read = new List<T>();
        if (!members.TryGetValue("columns", out JsonField columns) || !members.TryGetValue("data", out JsonField data))
        {
            return read;
        }

        if (records.Begin(columns) is not { } width)
        {
            return read;
        }

        foreach (JsonField row in data.Items(FaceScores.MostLeads))
        {
            if (row.Element.ValueKind == JsonValueKind.Array && row.Element.GetArrayLength() is var given && given != width)
            {
                row.Fault($"{given} cells", $"{width}, one a column");
            }
            else if (row.Items(width) is { } cells && cells.Count == width && records.TryRead(row, cells, out T? record))
            {
                read.Add(record);
            }
        }

        return read;
    }
}
