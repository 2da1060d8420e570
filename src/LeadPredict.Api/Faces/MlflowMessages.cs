using System.Text.Json.Serialization;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Faces;

/// <summary>A request of <c>/invocations</c> where leads are scored: one of the first four members.</summary>
public sealed record MlflowBody
{
    /// <summary>Requests to score; at most 1,000.</summary>
    [JsonPropertyName("dataframe_records")]
    public IReadOnlyList<ScoreBody>? DataframeRecords { get; init; }

    /// <summary>The same as a table.</summary>
    [JsonPropertyName("dataframe_split")]
    public MlflowSplit? DataframeSplit { get; init; }

    /// <summary>As <c>dataframe_records</c>.</summary>
    public IReadOnlyList<ScoreBody>? Instances { get; init; }

    /// <summary>As <c>dataframe_records</c>.</summary>
    public IReadOnlyList<ScoreBody>? Inputs { get; init; }

    /// <summary>Mean nothing here.</summary>
    public IReadOnlyDictionary<string, object>? Params { get; init; }
}

/// <summary>Requests to score, or rows of the model's table, as a table.</summary>
/// <param name="Columns">Members of a request to score, or the table's columns.</param>
/// <param name="Data">Rows of as many values.</param>
/// <param name="Index">Means nothing here.</param>
public sealed record MlflowSplit(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Data, IReadOnlyList<object>? Index = null);

/// <summary>The answer of <c>/invocations</c>.</summary>
public sealed record MlflowAnswer(IReadOnlyList<MlflowPrediction> Predictions);

/// <summary>One prediction.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Sql">P(SQL), or null where there is none.</param>
/// <param name="CloseGivenSql">P(close given SQL), or null where there is none.</param>
/// <param name="Close">P(close), or null where there is none.</param>
/// <param name="Score">0 to 100; null where no score is given because the person objects to being profiled.</param>
/// <param name="Grade">A to D; null where there is no score.</param>
/// <param name="Abstained">Whether nothing was predicted: no score is given, or the lead is lost or disqualified.</param>
public sealed record MlflowPrediction(string LeadId, double? Sql, double? CloseGivenSql, double? Close, int? Score, string? Grade, bool Abstained);

/// <summary>A request of <c>/invocations</c> where a table's model answers: one of the first four members.</summary>
public sealed record MlflowTable
{
    /// <summary>Rows by column; at most 1,000.</summary>
    [JsonPropertyName("dataframe_records")]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? DataframeRecords { get; init; }

    /// <summary>The same as a table.</summary>
    [JsonPropertyName("dataframe_split")]
    public MlflowSplit? DataframeSplit { get; init; }

    /// <summary>As <c>dataframe_records</c>.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Instances { get; init; }

    /// <summary>As <c>dataframe_records</c>.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Inputs { get; init; }

    /// <summary>Mean nothing here.</summary>
    public IReadOnlyDictionary<string, object>? Params { get; init; }
}

/// <summary>The answer of <c>/invocations</c> where a table's model answers.</summary>
public sealed record MlflowRowAnswer(IReadOnlyList<MlflowRow> Predictions);

/// <summary>What is said of a row.</summary>
/// <param name="Probability">That its label says yes.</param>
/// <param name="Low">The lower end of its interval.</param>
/// <param name="High">The upper end.</param>
public sealed record MlflowRow(double Probability, double Low, double High);
