using System.Security.Cryptography;
using System.Text;
using LeadPredict.Api.Errors;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Security;

/// <summary>
/// Recognises keys. The store's are held in memory and read again every few seconds, so that a key made or revoked anywhere counts
/// everywhere soon, and a store that is away or hangs does not lock callers out. Safe to use from many threads.
/// </summary>
/// <param name="options">Where the keys are.</param>
/// <param name="log">Where it is told that they cannot be read.</param>
/// <param name="patience">After so long a store that does not answer is away; 2 seconds unless said.</param>
internal sealed class KeyRing(LeadPredictApiOptions options, ILogger<KeyRing> log, TimeSpan? patience = null)
{
    /// <summary>How old what is held may be before it is read again.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan NewKeyFreshness = TimeSpan.FromMilliseconds(500);

    // A reading that hangs for longer is given up, and another begun.
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    // An unknown key is compared with this one, so that its answer takes as long as that of a known one.
    private static readonly AccessKey Nobody = AccessKeyText.Create("nobody", AccessScopes.None, DateTimeOffset.UnixEpoch, null).Key;
    private readonly byte[]? _environment = options.AdminKey is { } key ? Hash(key) : null;
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly RepeatedFault _fault = new(log, options.Time, "Keys could not be read, those known go on counting");
    private Task _reading = Task.CompletedTask;
    private volatile Held? _held;

    /// <summary>Whether there is a place where keys can come from.</summary>
    public bool CanHaveKeys => _environment is not null || options.Operations is not null;

    /// <summary>Who bears a key, or null when it is unknown, revoked or expired.</summary>
    /// <exception cref="StorageException">It is not among those that were read, and the store is away: nobody can tell.</exception>
    /// <exception cref="ProblemException">The same of a store that does not answer.</exception>
    public async ValueTask<Caller?> FindAsync(string text, CancellationToken cancellation)
    {
        if (_environment is not null && CryptographicOperations.FixedTimeEquals(Hash(text), _environment))
        {
            return new("environment", AccessScopes.Admin);
        }

        string id = AccessKeyText.IdOf(text) ?? "";
        bool isKnown = _held?.Keys.ContainsKey(id) == true;
        if (options.Operations is not null && IsOld(isKnown ? Freshness : NewKeyFreshness))
        {
            await RefreshAsync(isKnown, cancellation);
        }

        Held? held = _held;
        if (id.Length > 0 && held?.Fault is { } away && !held.Keys.ContainsKey(id))
        {
            throw away;
        }

        AccessKey key = held?.Keys.GetValueOrDefault(id) ?? Nobody;
        return AccessKeyText.IsOf(key, text) && key.IsGoodAt(options.Time.GetUtcNow()) ? new($"{key.Name} ({key.Id})", key.Scopes) : null;
    }

    // Not by the time of day, which may be set back.
    private bool IsOld(TimeSpan fresh) => _held is not { } held || options.Time.GetElapsedTime(held.At) >= fresh;

    /// <summary>Has the keys read and waits for it, but no longer than a caller can be kept waiting: the reading goes on.</summary>
    private async Task RefreshAsync(bool isKnown, CancellationToken cancellation)
    {
        Task reading;
        lock (_lock)
        {
            if (!_reading.IsCompleted)
            {
                // One waits; the others go on with what is held. Where that lacks their key they wait too: it may be among those that are being read.
                if (isKnown || _held is { Fault: not null })
                {
                    return;
                }
            }
            else if (IsOld(NewKeyFreshness))
            {
                // Not the caller's token: others wait for it too.
                _reading = Task.Run(ReadAsync, CancellationToken.None);
            }

            reading = _reading;
        }

        try
        {
            await reading.WaitAsync(_patience, options.Time, cancellation);
        }
        catch (TimeoutException) when (!reading.IsCompleted)
        {
            Hold(new ProblemException(ProblemKind.NotReady, "The keys cannot be read now; try again later."), "the store does not answer");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            long at = options.Time.GetTimestamp();
            using var limit = new CancellationTokenSource(LongestReading, options.Time);
            IReadOnlyList<AccessKey> keys = await options.Operations!.Keys.ListAsync(limit.Token);
            _held = new(at, keys.ToDictionary(key => key.Id, StringComparer.Ordinal));
            _fault.Over();
        }
        catch (OperationCanceledException)
        {
            // Whoever waited has given up, and said so.
        }
        catch (StorageException fault)
        {
            Hold(fault, fault.Message);
        }
    }

    private void Hold(Exception fault, string message)
    {
        _fault.Tell(message);
        _held = new(options.Time.GetTimestamp(), _held?.Keys ?? new(StringComparer.Ordinal), fault);
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>What was read last.</summary>
    /// <param name="At">When that was tried last.</param>
    /// <param name="Keys">The keys, by their identifiers.</param>
    /// <param name="Fault">Why they could not be read the last time; else null.</param>
    private sealed record Held(long At, Dictionary<string, AccessKey> Keys, Exception? Fault = null);
}
