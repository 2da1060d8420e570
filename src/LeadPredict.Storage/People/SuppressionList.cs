using System.Data.Common;
using Dapper;

namespace LeadPredict.Storage.People;

/// <summary>Who was forgotten, as a store remembers it.</summary>
internal sealed class SuppressionList
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly bool _postgres;
    private readonly Suppression _suppression;
    private readonly CancellationToken _ct;

    private SuppressionList(Suppression suppression, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        (_suppression, _connection, _transaction, _postgres, _ct) = (suppression, connection, transaction, postgres, ct);
    }

    /// <summary>Null where nobody was forgotten yet. The caller holds the lock on people.</summary>
    public static async Task<SuppressionList?> OpenAsync(DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        string? salt = await connection.ExecuteScalarAsync<string?>(
            new("SELECT value FROM settings WHERE name = @name", new { name = Suppression.SaltSetting }, transaction, cancellationToken: ct)).ConfigureAwait(false);
        return salt is null ? null : new(new(salt), connection, transaction, postgres, ct);
    }

    /// <summary>Some texts that are to be stored without forgotten addresses. Whoever is forgotten meanwhile is so after the texts are there, or before they are looked through here.</summary>
    public static async Task<string?[]> TextsAsync(string?[] texts, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        await PeopleLock.ShareAsync(connection, transaction, postgres, ct).ConfigureAwait(false);
        return await OpenAsync(connection, transaction, postgres, ct).ConfigureAwait(false) is { } list && await list.MentionsAsync(texts).ConfigureAwait(false) is { } mentions
            ? [.. texts.Select(text => text is null ? null : mentions.Text(text))]
            : texts;
    }

    /// <summary>Those of the leads that were forgotten by identifier, and those beside which a forgotten address of their own stands.</summary>
    public async Task<HashSet<string>> LeadsAsync(IEnumerable<string> ids, IEnumerable<(string Address, string LeadId)> addresses)
    {
        ILookup<string, string> leadsOfHash = ids.Select(id => (Hash: _suppression.OfLead(id), LeadId: id))
            .Concat(addresses.Distinct().Select(entry => (Hash: _suppression.OfAddress(entry.Address), entry.LeadId)))
            .ToLookup(entry => entry.Hash, entry => entry.LeadId, StringComparer.Ordinal);
        return [.. (await AmongAsync(leadsOfHash.Select(group => group.Key)).ConfigureAwait(false)).SelectMany(hash => leadsOfHash[hash])];
    }

    /// <summary>The same, begun where nobody was forgotten yet.</summary>
    public static async Task<SuppressionList> BeginAsync(DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        await connection.ExecuteAsync(new(
            "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING",
            new { name = Suppression.SaltSetting, value = Suppression.NewSalt() },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false);
        return (await OpenAsync(connection, transaction, postgres, ct).ConfigureAwait(false))!;
    }

    /// <summary>Adds leads, forgotten when the last one was.</summary>
    public async Task AddAsync(IEnumerable<string> leads)
    {
        long at = await _connection.ExecuteScalarAsync<long>(new("SELECT max(forgotten_at) FROM suppressions", transaction: _transaction, cancellationToken: _ct)).ConfigureAwait(false);
        await AddAsync(leads, [], at).ConfigureAwait(false);
    }

    /// <summary>Adds leads and addresses.</summary>
    /// <param name="leads">Identifiers.</param>
    /// <param name="addresses">As <see cref="Addresses"/> gives them.</param>
    /// <param name="at">When they were forgotten, in microseconds.</param>
    public Task AddAsync(IEnumerable<string> leads, IEnumerable<string> addresses, long at) => _connection.ExecuteAsync(new(
        "INSERT INTO suppressions (hash, forgotten_at) VALUES (@hash, @at) ON CONFLICT DO NOTHING",
        leads.Select(_suppression.OfLead).Concat(addresses.Select(_suppression.OfAddress)).Select(hash => new { hash, at }).ToArray(),
        _transaction,
        cancellationToken: _ct));

    /// <summary>What takes forgotten addresses out of texts; null where none of these holds one.</summary>
    public async Task<Mentions?> MentionsAsync(IEnumerable<string?> texts)
    {
        Dictionary<string, string> hashes = texts.SelectMany(Addresses.Mentioned).Distinct(StringComparer.Ordinal).ToDictionary(address => address, _suppression.OfAddress, StringComparer.Ordinal);
        HashSet<string> found = await AmongAsync(hashes.Values).ConfigureAwait(false);
        return found.Count == 0 ? null : new(address => hashes.TryGetValue(address, out string? hash) && found.Contains(hash));
    }

    private async Task<HashSet<string>> AmongAsync(IEnumerable<string> all)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] hashes in all.Chunk(AnyOf.Most))
        {
            found.UnionWith(await _connection.QueryAsync<string>(new(
                $"SELECT hash FROM suppressions WHERE hash {AnyOf.Text(_postgres, "hashes")}", new { hashes }, _transaction, cancellationToken: _ct)).ConfigureAwait(false));
        }

        return found;
    }
}
