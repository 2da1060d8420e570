using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Storage.People;

/// <summary>Keeps rows of forgotten people out of a batch.</summary>
internal sealed class ForgottenRows
{
    private readonly HashSet<string> _leads;
    private readonly HistoryBatch _batch;

    private ForgottenRows(HistoryBatch batch, HashSet<string> leads)
    {
        _batch = batch;
        _leads = leads;
    }

    /// <summary>The batch without them.</summary>
    public HistoryBatch Kept => _batch with
    {
        Leads = [.. _batch.Leads.Where(lead => !_leads.Contains(lead.Id))],
        Touches = Without(_batch.Touches),
        Attributes = Without(_batch.Attributes),
        Transitions = Without(_batch.Transitions),
        Outcomes = Without(_batch.Outcomes),
        Aliases = [.. _batch.Aliases.Where(alias => !_leads.Contains(alias.Alias) && !_leads.Contains(alias.LeadId))],
    };

    /// <summary>What becomes of the batch when that has become of what was kept of it.</summary>
    public AppendResult With(AppendResult kept) => kept with
    {
        Leads = Count(kept.Leads, _batch.Leads, lead => lead.Id),
        Touches = Count(kept.Touches, _batch.Touches, row => row.LeadId),
        Attributes = Count(kept.Attributes, _batch.Attributes, row => row.LeadId),
        Transitions = Count(kept.Transitions, _batch.Transitions, row => row.LeadId),
        Outcomes = Count(kept.Outcomes, _batch.Outcomes, row => row.LeadId),
        States = kept.States is not { } states ? null : new(
            states.Accounts,
            Spread(states.Leads, _batch.Leads, lead => lead.Id),
            Spread(states.Touches, _batch.Touches, row => row.LeadId),
            Spread(states.Attributes, _batch.Attributes, row => row.LeadId),
            Spread(states.Transitions, _batch.Transitions, row => row.LeadId),
            Spread(states.Outcomes, _batch.Outcomes, row => row.LeadId),
            [.. Spread(states.Aliases, _batch.Aliases, alias => _leads.Contains(alias.Alias) ? alias.Alias : alias.LeadId)]),
    };

    /// <summary>Null when nobody in the batch was forgotten. A lead that bears a forgotten address under a new identifier is forgotten with it, and whatever else that lead is called.</summary>
    public static async Task<ForgottenRows?> FindAsync(HistoryBatch batch, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        // Who merges takes it alone at once: two that shared it first would wait for each other.
        bool merges = batch.Aliases.Any(alias => alias.Merge is not null);
        await (merges ? PeopleLock.AloneAsync(connection, transaction, postgres, ct) : PeopleLock.ShareAsync(connection, transaction, postgres, ct)).ConfigureAwait(false);
        string? salt = await connection.ExecuteScalarAsync<string?>(
            new("SELECT value FROM settings WHERE name = @name", new { name = Suppression.SaltSetting }, transaction, cancellationToken: ct)).ConfigureAwait(false);
        if (salt is null)
        {
            return null;
        }

        var suppression = new Suppression(salt);
        ILookup<string, string> leadsOfHash = Names(batch, suppression).Distinct().ToLookup(entry => entry.Hash, entry => entry.LeadId, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] hashes in leadsOfHash.Select(group => group.Key).Chunk(500))
        {
            found.UnionWith(await connection.QueryAsync<string>(
                new($"SELECT hash FROM suppressions WHERE hash {AnyOf.Text(postgres, "hashes")}", new { hashes }, transaction, cancellationToken: ct)).ConfigureAwait(false));
        }

        if (found.Count == 0)
        {
            return null;
        }

        HashSet<string> leads = [.. found.SelectMany(hash => leadsOfHash[hash])];
        leads = await AllNamesAsync(leads).ConfigureAwait(false);
        string[] underNewNames = [.. leads.Where(lead => !found.Contains(suppression.OfLead(lead)))];
        if (underNewNames.Length > 0)
        {
            long at = await connection.ExecuteScalarAsync<long>(new("SELECT max(forgotten_at) FROM suppressions", transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
            await connection.ExecuteAsync(new(
                "INSERT INTO suppressions (hash, forgotten_at) VALUES (@hash, @at) ON CONFLICT DO NOTHING",
                underNewNames.Select(lead => new { hash = suppression.OfLead(lead), at }),
                transaction,
                cancellationToken: ct)).ConfigureAwait(false);
            await Purge.RunAsync(connection, transaction, postgres, underNewNames, ct).ConfigureAwait(false);
            await StoredMerges.ApplyAsync(connection, transaction).ConfigureAwait(false);
        }

        return new(batch, leads);

        // A person is forgotten whole, under whatever other names they go here and in the batch.
        async Task<HashSet<string>> AllNamesAsync(IEnumerable<string> those)
        {
            HashSet<string> names = [.. those];
            for (int before = 0; before < names.Count;)
            {
                before = names.Count;
                names.UnionWith(batch.Aliases.Where(alias => names.Contains(alias.Alias) || names.Contains(alias.LeadId)).SelectMany(alias => new[] { alias.Alias, alias.LeadId }));
                names.UnionWith(await new PersonSight(connection, transaction, postgres, ct).NamesAsync(names).ConfigureAwait(false));
            }

            return names;
        }
    }

    private static IEnumerable<(string Hash, string LeadId)> Names(HistoryBatch batch, Suppression suppression)
    {
        IEnumerable<string> ids = batch.Leads.Select(lead => lead.Id)
            .Concat(batch.RowsOfLeads.Select(row => row.LeadId))
            .Concat(batch.Aliases.SelectMany(alias => new[] { alias.Alias, alias.LeadId }));
        foreach (string id in ids.Distinct(StringComparer.Ordinal))
        {
            yield return (suppression.OfLead(id), id);
            if (Suppression.IsAddress(id))
            {
                yield return (suppression.OfAddress(id), id);
            }
        }

        foreach (AttributeChange change in batch.Attributes.Where(change => Suppression.IsAddress(change.Value.Text)))
        {
            yield return (suppression.OfAddress(change.Value.Text!), change.LeadId);
        }

        foreach (Touch touch in batch.Touches)
        {
            foreach (AttributeValue value in touch.Properties.Values.Where(value => Suppression.IsAddress(value.Text)))
            {
                yield return (suppression.OfAddress(value.Text!), touch.LeadId);
            }
        }
    }

    private T[] Without<T>(IReadOnlyList<T> rows)
        where T : HistoryRow => [.. rows.Where(row => !_leads.Contains(row.LeadId))];

    private AppendCount Count<T>(AppendCount kept, IReadOnlyList<T> rows, Func<T, string> lead) =>
        kept with { Forgotten = rows.Count(row => _leads.Contains(lead(row))) };

    private RowState[] Spread<T>(IReadOnlyList<RowState> kept, IReadOnlyList<T> rows, Func<T, string> lead)
    {
        int next = 0;
        return [.. rows.Select(row => _leads.Contains(lead(row)) ? RowState.Forgotten : kept[next++])];
    }
}
