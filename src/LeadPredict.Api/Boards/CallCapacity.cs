using System.Text.Json.Serialization;

namespace LeadPredict.Api.Boards;

/// <summary>How many leads the team called of late.</summary>
/// <param name="Called">Different leads that were called or met in the last 13 weeks, at least 1.</param>
public sealed record CallCapacity(int Called)
{
    private const int WorkingDays = 65;

    /// <summary>The last 13 weeks, of which 65 are working days.</summary>
    internal static TimeSpan Quarter { get; } = TimeSpan.FromDays(91);

    /// <summary>Leads a working day, a whole number of at least 1.</summary>
    [JsonIgnore]
    public int ADay => Math.Max(1, (int)Math.Round((double)Called / WorkingDays, MidpointRounding.AwayFromZero));

    /// <summary>Null when nobody was called: then nothing is known.</summary>
    internal static CallCapacity? Of(int called) => called > 0 ? new(called) : null;
}
