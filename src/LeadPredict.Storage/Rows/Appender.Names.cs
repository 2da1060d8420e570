namespace LeadPredict.Storage.Rows;

/// <content>What the names in the batch mean, and the lock under which that stays so.</content>
internal abstract partial class Appender
{
    private async Task LookUpAsync()
    {
        var here = batch.Leads.Select(lead => lead.Id).ToHashSet(StringComparer.Ordinal);
        var asked = batch.RowsOfLeads.Select(row => row.LeadId).ToHashSet(StringComparer.Ordinal);
        string[] names = [.. batch.NamesOfLeads];
        if (names.Length == 0)
        {
            return;
        }

        bool alone = batch.Aliases.Count > 0;
        asked.ExceptWith(here);
        if (!alone && batch.Delivered && asked.Count > 0)
        {
            // Whether rows will wait decides about the lock: one that is shared first cannot be had alone afterwards.
            await FindThemAsync(names).ConfigureAwait(false);
            alone = asked.Any(name => !_names.IsKnown(name));
            if (!alone && here.Count == 0)
            {
                return;
            }
        }

        if (alone || here.Count > 0)
        {
            await LockAsync(alone).ConfigureAwait(false);
        }

        // Only now: whoever held the lock may have made one of the names another lead's.
        await FindThemAsync(names).ConfigureAwait(false);
    }

    private async Task FindThemAsync(string[] names) => _names.Found(await FindAsync(names).ConfigureAwait(false));

    private async Task<(List<LeadAlias> Added, RowState[] States)> AddAliasesAsync()
    {
        var here = batch.Leads.Select(lead => lead.Id).ToHashSet(StringComparer.Ordinal);
        LeadAlias?[] resolved = [.. batch.Aliases.Select(alias => _names.TryAlias(alias, here))];
        List<LeadAlias> added = [.. resolved.OfType<LeadAlias>()];

        if (added.Count > 0)
        {
            // An alias may mean a lead that was not asked for by name.
            await FindThemAsync([.. added.Select(alias => alias.LeadId)]).ConfigureAwait(false);

            // One that came first may mean an alias that came later.
            added = [.. added.Select(alias => alias with { LeadId = _names.Resolve(alias.Alias), ToldAt = _names.ToldAt(alias.Alias) })];
            await AddAsync(added).ConfigureAwait(false);
        }

        return (added, [.. resolved.Select(alias => alias is null ? RowState.Known : RowState.Added)]);
    }
}
