using System.Text;
using System.Text.Json.Serialization;

namespace LeadPredict.Storage.Scores;

/// <summary>A score as it was given, for looking back: by whom, of what, and what it said. Immutable.</summary>
public sealed record LoggedScore
{
    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The lead.</summary>
    public required string LeadId { get; init; }

    /// <summary>The instant that it is of.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The model's version.</summary>
    public required int Version { get; init; }

    /// <summary>The version's hash.</summary>
    public required string Hash { get; init; }

    /// <summary><c>champion</c>: it answered. <c>challenger</c>: it was scored beside and shown to nobody.</summary>
    public required string Role { get; init; }

    /// <summary><c>served</c> to a caller, or <c>rescored</c> by the service itself.</summary>
    public required string Origin { get; init; }

    /// <summary>Equal for equal inputs of the model: 128 bits of its feature values, in hexadecimal; empty where no score was given; of rows of versions before, the first half of their SHA-256.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The stage the lead was in, by name.</summary>
    public required string Stage { get; init; }

    /// <summary>0 to 100; null where none was given, since the person objects to being profiled.</summary>
    public required int? Score { get; init; }

    /// <summary>A to D; null where no score was given.</summary>
    public required string? Grade { get; init; }

    /// <summary>The scorecard's points, or null without a scorecard.</summary>
    public double? Points { get; init; }

    /// <summary>P(SQL), or null where the funnel does not date that step.</summary>
    public double? Sql { get; init; }

    /// <summary>P(close given SQL), or null for funnels of one link.</summary>
    public double? CloseGivenSql { get; init; }

    /// <summary>P(close), or null for a funnel that ends at SQL.</summary>
    public double? Close { get; init; }

    /// <summary>The stage that the next step works toward, by name.</summary>
    public required string NextStage { get; init; }

    /// <summary>The next step.</summary>
    public required string NextAction { get; init; }

    /// <summary>What the answer said beside these, as JSON: intervals, scorecard items, reasons; rows of versions before hold the whole answer. Null for a challenger's.</summary>
    public string? Answer => AnswerUtf8.IsEmpty ? null : Encoding.UTF8.GetString(AnswerUtf8.Span);

    /// <summary>The score as it is stored: 0 for none.</summary>
    internal int StoredScore => Score ?? 0;

    /// <summary>The grade as it is stored: no text for none.</summary>
    internal string StoredGrade => Grade ?? "";

    /// <summary><see cref="Answer"/> as bytes; empty for none.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> AnswerUtf8 { get; init; }

    /// <summary>This as it was given: what is stored as a score beside no inputs was none.</summary>
    internal LoggedScore AsGiven() => Fingerprint.Length > 0 ? this : this with { Score = null, Grade = null };
}
