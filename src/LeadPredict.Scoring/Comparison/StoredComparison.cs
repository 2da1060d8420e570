using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadPredict.Scoring.Comparison;

/// <summary>The comparison that is kept with a version.</summary>
/// <param name="Verdict">In a sentence.</param>
/// <param name="Sql">For P(SQL), or null where the funnel does not date it.</param>
/// <param name="Close">For P(close), or null where wins are not known.</param>
public sealed record StoredComparison(string Verdict, ComparisonReport? Sql, ComparisonReport? Close)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Reads what was kept.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static StoredComparison Read(string json) => JsonSerializer.Deserialize<StoredComparison>(json, Options)!;

    /// <summary>The questions that were judged, by the names that people read.</summary>
    public IEnumerable<(string Name, ComparisonReport Report)> Questions()
    {
        if (Sql is not null)
        {
            yield return ("become SQL", Sql);
        }

        if (Close is not null)
        {
            yield return ("close", Close);
        }
    }
}
