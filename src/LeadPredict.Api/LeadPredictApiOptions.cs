using LeadPredict.Api.Events;
using LeadPredict.Api.Ingest;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;

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

    /// <summary>Keys and what else the service keeps for itself, or null where there is no store. It stays the caller's to dispose.</summary>
    public OperationsStore? Operations { get; init; }

    /// <summary>Whether every score that is given is kept in the store. Default true; without <see cref="Operations"/> none is.</summary>
    public bool LogScores { get; init; } = true;

    /// <summary>The folder in which scores wait that come faster than the store takes them; null (default) lets them wait in memory alone, and then the requests.</summary>
    public string? ScoreSpool { get; init; }

    /// <summary>Whose scores wait in <see cref="ScoreSpool"/> where services of several stores have that folder; null (default) takes over whatever an ended process left there.</summary>
    public string? ScoreSpoolOf { get; init; }

    /// <summary>How many bytes may wait in <see cref="ScoreSpool"/>. Default 4 GB, some 700,000 scores; at least 1 MB.</summary>
    public long ScoreSpoolBytes { get; init; } = 4L << 30;

    /// <summary>How old the last score of a stored lead may become before it is scored again. Zero (default) scores none by itself.</summary>
    public TimeSpan RescoreEvery { get; init; }

    /// <summary>How long given scores and delivered events are kept in <see cref="Operations"/>; older ones are removed. Zero (default) keeps them for good.</summary>
    public TimeSpan KeepFor { get; init; }

    /// <summary>Whether the history is looked at soon after the start, so that no page waits for it, and not only when one is asked for. Default false.</summary>
    public bool LookAhead { get; init; }

    /// <summary>Where events of rescoring go, or null for none. Needs <see cref="Operations"/> and <see cref="RescoreEvery"/>.</summary>
    public EventOptions? Events { get; init; }

    /// <summary>A key with every scope that is not in the store, for the first steps and for services without one; null for none. At least 16 visible ASCII characters.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Whether callers need a key even where the service listens on loopback addresses only. Default false.</summary>
    public bool RequireKeys { get; init; }

    /// <summary>Who may send history, and what it means.</summary>
    public IngestOptions Ingest { get; init; } = new();

    /// <summary>Requests that one caller may send in a second, and at most at once after a pause; 0 (default) sets no limit. More are answered 429.</summary>
    public int RatePerSecond { get; init; }

    /// <summary>
    /// Requests that are worked on at once; four times as many wait their turn, and more are answered 503. Batches are counted by themselves, as are
    /// callers without a key. A request counts once its body is there. Default 64 for each processor; at least 1.
    /// </summary>
    public int ConcurrentRequests { get; init; } = 64 * Environment.ProcessorCount;

    /// <summary>How long a request may take, batches excepted. Default 30 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the service goes on taking requests when it is ending and says that it is not ready. Default 0; at most 20 seconds.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>Whether log lines are JSON objects. Default false.</summary>
    public bool JsonLogs { get; init; }

    /// <summary>Where to listen, as ASP.NET Core writes it, several separated by <c>;</c>; null leaves it to the host.</summary>
    public string? Urls { get; init; }

    /// <summary>The clock: <c>asOf</c> where a request names none.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How often the aliases are looked at. Default 2 seconds; zero never looks by itself.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);
}
