using LeadPredict.Storage;

namespace LeadPredict.Api;

/// <summary>What a service serves.</summary>
public sealed record LeadPredictApiOptions
{
    /// <summary>The folder of the models. Default <c>models</c>.</summary>
    public string Models { get; init; } = "models";

    /// <summary>The model that answers where a request names none; null takes the first by name that has a champion and is of a funnel.</summary>
    public string? Model { get; init; }

    /// <summary>The lead history, or null when leads can only be scored inline. It stays the caller's to dispose.</summary>
    public IHistoryStore? Store { get; init; }

    /// <summary>The key that <c>X-Admin-Key</c> must bear to move aliases; null leaves those routes out. At least 16 characters.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Where to listen, as ASP.NET Core writes it, several separated by <c>;</c>; null leaves it to the host.</summary>
    public string? Urls { get; init; }

    /// <summary>The clock: <c>asOf</c> where a request names none.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How often the aliases are looked at. Default 2 seconds; zero never looks by itself.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);
}
