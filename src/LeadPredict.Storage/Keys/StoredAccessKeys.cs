using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.Keys;

/// <summary>Keys in a table.</summary>
internal sealed class StoredAccessKeys(IStoreDatabase database) : IAccessKeys
{
    private const string Columns = "id, name, scopes, salt, hash, created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt";
    private const string Insert =
        "INSERT INTO access_keys (id, name, scopes, salt, hash, created_at, expires_at, revoked_at) "
        + "VALUES (@Id, @Name, @Scopes, @Salt, @Hash, @CreatedAt, @ExpiresAt, @RevokedAt)";

    public Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken ct = default) => database.ReadAsync<IReadOnlyList<AccessKey>>(
        async (connection, transaction) =>
        {
            IEnumerable<Row> rows = await connection.QueryAsync<Row>(
                new($"SELECT {Columns} FROM access_keys ORDER BY created_at, id", transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToKey())];
        },
        ct);

    public Task AddAsync(AccessKey key, CancellationToken ct = default) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(new(Insert, Row.Of(key), transaction, cancellationToken: ct)), ct);

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) => await connection.ExecuteAsync(new(
            "UPDATE access_keys SET revoked_at = @at WHERE id = @id AND revoked_at IS NULL",
            new { id, at = UtcTime.ToMicroseconds(at) },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false) == 1,
        ct);

    public Task<bool> ReplaceAsync(string id, AccessKey successor, DateTimeOffset oldExpiresAt, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            int found = await connection.ExecuteAsync(new(
                "UPDATE access_keys SET expires_at = CASE WHEN expires_at < @at THEN expires_at ELSE @at END WHERE id = @id AND revoked_at IS NULL",
                new { id, at = UtcTime.ToMicroseconds(oldExpiresAt) },
                transaction,
                cancellationToken: ct)).ConfigureAwait(false);
            if (found == 1)
            {
                await connection.ExecuteAsync(new(Insert, Row.Of(successor), transaction, cancellationToken: ct)).ConfigureAwait(false);
            }

            return found == 1;
        },
        ct);

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required long Scopes { get; init; }

        public required byte[] Salt { get; init; }

        public required byte[] Hash { get; init; }

        public required long CreatedAt { get; init; }

        public required long? ExpiresAt { get; init; }

        public required long? RevokedAt { get; init; }

        public static Row Of(AccessKey key) => new()
        {
            Id = key.Id,
            Name = key.Name,
            Scopes = (long)key.Scopes,
            Salt = [.. key.Salt],
            Hash = [.. key.Hash],
            CreatedAt = UtcTime.ToMicroseconds(key.CreatedAt),
            ExpiresAt = UtcTime.ToMicroseconds(key.ExpiresAt),
            RevokedAt = UtcTime.ToMicroseconds(key.RevokedAt),
        };

        public AccessKey ToKey() => new()
        {
            Id = Id,
            Name = Name,
            Scopes = (AccessScopes)Scopes,
            Salt = Salt,
            Hash = Hash,
            CreatedAt = UtcTime.FromMicroseconds(CreatedAt),
            ExpiresAt = ExpiresAt is { } expires ? UtcTime.FromMicroseconds(expires) : null,
            RevokedAt = RevokedAt is { } revoked ? UtcTime.FromMicroseconds(revoked) : null,
        };
    }
}
