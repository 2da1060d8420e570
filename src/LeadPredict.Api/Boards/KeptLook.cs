using System.Text.Json.Serialization;

namespace LeadPredict.Api.Boards;

/// <summary>A look at the history with when and how it was taken.</summary>
/// <param name="Look">The look.</param>
/// <param name="MadeAt">When it was done.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Model">The model that scored, or null.</param>
/// <param name="Build">The build of the service that took it.</param>
internal sealed record KeptLook<T>(T Look, DateTimeOffset MadeAt, TimeSpan Took, string? Model, string Build)
{
    /// <summary>How often something had been decided in this run of the service when it was begun.</summary>
    [JsonIgnore]
    public long Changes { get; init; }
}
