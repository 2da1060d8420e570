using System.Security.Cryptography;
using System.Text;
using LeadPredict.Api.Errors;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Security;

/// <summary>
/// Recognises keys. The store's are held in memory and read again every few seconds, so that a key made or revoked anywhere counts
/// everywhere soon, and a store that is away does not lock callers out. Safe to use from many threads.
/// </summary>
internal sealed class KeyRing(LeadPredictApiOptions options, ILogger<KeyRing> log) : IDisposable
{
    /// <summary>How old what is held may be before it is read again.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan NewKeyFreshness = TimeSpan.FromMilliseconds(500);

    // An unknown key is compared with this one, so that its answer takes as long as that of a known one.
    private static readonly AccessKey Nobody = AccessKeyText.Create("nobody", AccessScopes.None, DateTimeOffset.UnixEpoch, null).Key;
    private readonly byte[]? _environment = options.AdminKey is { } key ? Hash(key) : null;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly RepeatedFault _fault = new(log, options.Time, "Keys could not be read, those known go on counting");
    private volatile Held? _held;

    /// <summary>Whether there is a place where keys can come from.</summary>
    public bool CanHaveKeys => _environment is not null || options.Operations is not null;

    /// <summary>Who bears a key, or null when it is unknown, revoked or expired.</summary>
    /// <exception cref="StorageException">It is not among those that were read, and the store is away: nobody can tell.</exception>
    public async ValueTask<Caller?> FindAsync(string text, CancellationToken cancellation)
    {
        if (_environment is not null && CryptographicOperations.FixedTimeEquals(Hash(text), _environment))
        {
            return new("environment", AccessScopes.Admin);
        }

        string id = AccessKeyText.IdOf(text) ?? "";
        if (options.Operations is not null && IsOld(_held?.Keys.ContainsKey(id) == true ? Freshness : NewKeyFreshness))
        {
            await ReadAsync(cancellation);
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

    private async Task ReadAsync(CancellationToken cancellation)
    {
        // One reads; the others go on with what is held, unless there is nothing yet.
        if (!await _reading.WaitAsync(_held is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
        {
            return;
        }

        try
        {
            if (IsOld(NewKeyFreshness))
            {
                long at = options.Time.GetTimestamp();
                IReadOnlyList<AccessKey> keys = await options.Operations!.Keys.ListAsync(cancellation);
                _held = new(at, keys.ToDictionary(key => key.Id, StringComparer.Ordinal));
                _fault.Over();
            }
        }
        catch (StorageException fault)
        {
            _fault.Tell(fault.Message);
            _held = new(options.Time.GetTimestamp(), _held?.Keys ?? new(StringComparer.Ordinal), fault);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>What was read last.</summary>
    /// <param name="At">When that was tried last.</param>
    /// <param name="Keys">The keys, by their identifiers.</param>
    /// <param name="Fault">Why they could not be read the last time; else null.</param>
    private sealed record Held(long At, Dictionary<string, AccessKey> Keys, StorageException? Fault = null);
}
