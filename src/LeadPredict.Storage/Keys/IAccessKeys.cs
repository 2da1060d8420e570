namespace LeadPredict.Storage.Keys;

/// <summary>The keys that let callers in. Safe to use from several threads and processes.</summary>
public interface IAccessKeys
{
    /// <summary>Every key, revoked and expired ones too, oldest first.</summary>
    Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken ct = default);

    /// <summary>Keeps a new key.</summary>
    Task AddAsync(AccessKey key, CancellationToken ct = default);

    /// <summary>Revokes a key from now on.</summary>
    /// <returns>Whether there is such a key that was not revoked before.</returns>
    Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Keeps a key's successor and lets the old one expire at an instant (or earlier, where it would have), both or neither.</summary>
    /// <returns>Whether there is such an old key that was not revoked; otherwise nothing was kept.</returns>
    Task<bool> ReplaceAsync(string id, AccessKey successor, DateTimeOffset oldExpiresAt, CancellationToken ct = default);
}
