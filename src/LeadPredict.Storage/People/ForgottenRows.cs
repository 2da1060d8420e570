using System.Data.Common;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Storage.People;

/// <summary>Keeps rows of forgotten people out of a batch.</summary>
internal sealed class ForgottenRows
{
    private readonly HashSet<string> _leads;
    private readonly HistoryBatch _batch;
    private Mentions? _mentions;

    private ForgottenRows(HistoryBatch batch, HashSet<string> leads)
    {
        _batch = batch;
        _leads = leads;
    }

    /// <summary>Whether leads that had been there were removed.</summary>
    public bool HasPurged { get; private init; }

    /// <summary>The batch without them, and their addresses taken out of the rows of others.</summary>
    public HistoryBatch Kept => _mentions is { } mentions ? BatchTexts.With(OfOthers, mentions) : OfOthers;

    private HistoryBatch OfOthers => _batch with
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
            Aliases(states.Aliases)),
    };

    /// <summary>
    /// Null when there is nobody in the batch who was forgotten. A lead that bears a forgotten address as its own under a new identifier is forgotten with it, and whatever else that
    /// lead is called; of others' rows only the address is taken out.
    /// </summary>
    /// <param name="batch">The rows.</param>
    /// <param name="alone">Whether to take the lock on people alone.</param>
    /// <param name="connection">Where the transaction runs.</param>
    /// <param name="transaction">What is all of it or nothing.</param>
    /// <param name="postgres">Which of the two databases it is.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="PeopleSharedException">Somebody is to be forgotten, and the lock is not held alone.</exception>
    public static async Task<ForgottenRows?> FindAsync(HistoryBatch batch, bool alone, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        // Who merges takes it alone at once: two that shared it first would wait for each other.
        alone |= batch.Aliases.Any(alias => alias.Merge is not null);
        await (alone ? PeopleLock.AloneAsync(connection, transaction, postgres, ct) : PeopleLock.ShareAsync(connection, transaction, postgres, ct)).ConfigureAwait(false);
        if (await SuppressionList.OpenAsync(connection, transaction, postgres, ct).ConfigureAwait(false) is not { } list)
        {
            return null;
        }

        string[] ids = [.. batch.NamesOfLeads];
        HashSet<string> byName = await list.LeadsAsync(ids, []).ConfigureAwait(false);
        HashSet<string> showing = await list.LeadsAsync([], OwnAddresses(batch, ids)).ConfigureAwait(false);
        var sight = new PersonSight(connection, transaction, postgres, ct);
        HashSet<string> leads = await AllNamesAsync().ConfigureAwait(false);
        string[] underNewNames = [.. leads.Except(await list.LeadsAsync(leads, []).ConfigureAwait(false))];
        bool purged = false;
        if (underNewNames.Length > 0)
        {
            if (postgres && !alone)
            {
                throw new PeopleSharedException();
            }

            await list.AddAsync(underNewNames).ConfigureAwait(false);
            purged = await Purge.RunAsync(connection, transaction, postgres, underNewNames, ct).ConfigureAwait(false) > 0;
        }

        if (purged)
        {
            await StoredMerges.ApplyAsync(connection, transaction).ConfigureAwait(false);
        }

        var rows = new ForgottenRows(batch, leads) { HasPurged = purged };
        rows._mentions = await list.MentionsAsync(BatchTexts.Of(rows.OfOthers)).ConfigureAwait(false);
        return leads.Count > 0 || rows._mentions is not null ? rows : null;

        // A person is forgotten whole, under whatever other names they go here and in the batch.
        async Task<HashSet<string>> AllNamesAsync()
        {
            HashSet<string> names = [.. byName, .. showing];
            if (names.Count == 0)
            {
                return names;
            }

            HashSet<string> known = await sight.KnownAsync(batch.Aliases.SelectMany(alias => new[] { alias.Alias, alias.LeadId })).ConfigureAwait(false);
            known.UnionWith(batch.Leads.Select(lead => lead.Id));
            HashSet<LeadAlias> firsts = [.. batch.Aliases.DistinctBy(alias => alias.Alias)];
            for (int before = 0; before < names.Count;)
            {
                before = names.Count;
                foreach (LeadAlias alias in batch.Aliases)
                {
                    if (names.Contains(alias.Alias) && Passes(alias, alias.Alias, alias.LeadId))
                    {
                        names.Add(alias.LeadId);
                    }

                    if (names.Contains(alias.LeadId) && Passes(alias, alias.LeadId, alias.Alias))
                    {
                        names.Add(alias.Alias);
                    }
                }

                names.UnionWith(await sight.NamesAsync(names).ConfigureAwait(false));
            }

            return names;

            // What an alias was said to mean first stands: a lead does not go for what a forgotten one was called, but for a name that it is given here and that shows whose it is.
            bool Passes(LeadAlias alias, string from, string to) => alias.Merge is not null || !known.Contains(to)
                || (!known.Contains(from) && firsts.Contains(alias) && showing.Contains(from) && (!byName.Contains(from) || Addresses.Own(from).Any()));
        }
    }

    /// <summary>Without those that many of the batch have for their own: they are nobody's.</summary>
    private static IEnumerable<(string Address, string LeadId)> OwnAddresses(HistoryBatch batch, string[] ids) =>
        ids.SelectMany(Addresses.Own, (id, address) => (Address: address, LeadId: id))
            .Concat(batch.Attributes.SelectMany(change => Addresses.Own(change.Name, change.Value), (change, address) => (Address: address, change.LeadId)))
            .Concat(batch.Touches.SelectMany(Addresses.Own, (touch, address) => (Address: address, touch.LeadId)))
            .Distinct().GroupBy(entry => entry.Address, StringComparer.Ordinal).Where(holders => holders.Count() <= Addresses.MostHolders).SelectMany(holders => holders);

    private T[] Without<T>(IReadOnlyList<T> rows)
        where T : HistoryRow => [.. rows.Where(row => !_leads.Contains(row.LeadId))];

    private AppendCount Count<T>(AppendCount kept, IReadOnlyList<T> rows, Func<T, string> lead) =>
        kept with { Forgotten = rows.Count(row => _leads.Contains(lead(row))) };

    /// <summary>One that a lead which stays was not given is known: it was another's.</summary>
    private RowState[] Aliases(IReadOnlyList<RowState> kept)
    {
        int next = 0;
        return
        [
            .. _batch.Aliases.Select(alias => (_leads.Contains(alias.Alias), _leads.Contains(alias.LeadId)) switch
            {
                (false, false) => kept[next++],
                (true, true) => RowState.Forgotten,
                _ => RowState.Known,
            }),
        ];
    }

    private RowState[] Spread<T>(IReadOnlyList<RowState> kept, IReadOnlyList<T> rows, Func<T, string> lead)
    {
        int next = 0;
        return [.. rows.Select(row => _leads.Contains(lead(row)) ? RowState.Forgotten : kept[next++])];
    }
}
