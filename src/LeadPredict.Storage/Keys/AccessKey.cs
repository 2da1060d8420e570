namespace LeadPredict.Storage.Keys;

/// <summary>A key as it is kept: enough to recognise it, too little to make it again. Immutable.</summary>
public sealed record AccessKey
{
    /// <summary>Names the key in lists and logs; no secret. 12 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Who has it, for people. 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it is good for; at least one scope.</summary>
    public required AccessScopes Scopes { get; init; }

    /// <summary>16 random bytes of its own.</summary>
    public required IReadOnlyList<byte> Salt { get; init; }

    /// <summary>SHA-256 of salt and secret. The secret is 32 random bytes, so a slow hash would add nothing.</summary>
    public required IReadOnlyList<byte> Hash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused, or null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked, or null.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether it lets anybody in at an instant.</summary>
    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}
