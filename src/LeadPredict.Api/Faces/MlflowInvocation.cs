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
        score.AbstainedBecause is null ? score.Score : null,
        score.AbstainedBecause is null ? score.Grade : null,
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

        int faults = columns.Faults.Count;
        List<string> names = [];
        foreach (JsonField column in columns.Items(records.MostColumns))
        {
            names.Add(column.Text(RequestLimits.NameLength));
        }

        if (columns.Faults.Count > faults || !records.Accepts(columns, names))
        {
            return read;
        }

        foreach (JsonField row in data.Items(FaceScores.MostLeads))
        {
            List<JsonField> cells = row.Items(names.Count);
            if (cells.Count != names.Count)
            {
                row.Fault($"{cells.Count} cells", $"{names.Count}, one a column");
                continue;
            }

            if (records.TryRead(row, names, cells, out T record))
            {
                read.Add(record);
            }
        }

        return read;
    }
}

/// <summary>Reads the records of an invocation.</summary>
/// <typeparam name="T">What a record is read as.</typeparam>
internal interface IMlflowRecords<T>
{
    /// <summary>Columns of a split frame.</summary>
    int MostColumns { get; }

    /// <summary>Whether a split frame has the columns that are needed; what is wrong is noted.</summary>
    bool Accepts(JsonField columns, IReadOnlyList<string> names);

    /// <summary>Reads a record that is an object; what is wrong is noted.</summary>
    T Read(JsonField record);

    /// <summary>Reads a row of a split frame that has a cell for each column; what is wrong is noted.</summary>
    bool TryRead(JsonField row, IReadOnlyList<string> names, IReadOnlyList<JsonField> cells, out T record);
}
