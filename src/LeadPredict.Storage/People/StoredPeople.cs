using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.People;

/// <summary>Forgets people.</summary>
/// <param name="database">The store.</param>
/// <param name="compact">Overwrites what was deleted, where the database does not do so itself.</param>
internal sealed class StoredPeople(IStoreDatabase database, Func<Task> compact) : IPeopleStore
{
    public async Task<Forgotten> ForgetAsync(string? leadId, string? email, DateTimeOffset at, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(leadId) && string.IsNullOrWhiteSpace(email))
        {
            throw new ArgumentException("neither a lead nor an address; expected one of them", nameof(leadId));
        }

        Forgotten forgotten = await database.WriteAsync((connection, transaction) => ForgetAsync(connection, transaction, leadId, email, at, ct), ct).ConfigureAwait(false);
        try
        {
            await compact().ConfigureAwait(false);
            return forgotten;
        }
        catch (StoreFileException fault)
        {
            return forgotten with
            {
                Warning = $"The person is removed, but the file could not be written anew ({fault.Problem}), so what was removed may still stand in it or in its log. "
                    + "See to that, with room for a copy of the file beside it and in the folder for temporary files, and forget the person once more.",
            };
        }
    }

    private async Task<Forgotten> ForgetAsync(
        DbConnection connection, DbTransaction transaction, string? leadId, string? email, DateTimeOffset at, CancellationToken ct)
    {
        await PeopleLock.AloneAsync(connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
        var sight = new PersonSight(connection, transaction, database.IsPostgres, ct);
        string[] asked = email is null ? [] : [.. Addresses.Own(email).DefaultIfEmpty(Addresses.Normalize(email))];
        HashSet<string> addresses = [.. asked];
        HashSet<string> names = await sight.NamesOfAsync(addresses).ConfigureAwait(false);
        names.UnionWith(await sight.NamesAsync(new[] { leadId, email?.Trim() }.OfType<string>().Where(name => !string.IsNullOrWhiteSpace(name))).ConfigureAwait(false));
        addresses.UnionWith(await sight.AddressesAsync(names).ConfigureAwait(false));

        addresses.RemoveWhere(address => !asked.Contains(address) && !Addresses.IsPersonal(address));

        // Whoever has one of these for its own too would be forgotten with its next row; its other addresses are not known to be the person's.
        foreach (string address in addresses.Except(asked).ToArray())
        {
            HashSet<string> holders = await sight.LeadsOfAsync(address).ConfigureAwait(false);
            holders.ExceptWith(names);
            if (holders.Count > Addresses.MostHolders)
            {
                addresses.Remove(address);
            }
            else
            {
                names.UnionWith(await sight.NamesAsync(holders).ConfigureAwait(false));
            }
        }

        SuppressionList list = await SuppressionList.BeginAsync(connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
        await list.AddAsync(names, addresses, UtcTime.ToMicroseconds(at)).ConfigureAwait(false);
        var mentioned = new Mentions(addresses.Contains);
        int leads = 0, mentions = 0;
        foreach (string[] some in names.Chunk(AnyOf.Most))
        {
            string those = AnyOf.Text(database.IsPostgres, "some");
            leads += await connection.ExecuteScalarAsync<int>(new($"SELECT count(*) FROM leads WHERE id {those}", new { some }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            mentions += await connection.ExecuteAsync(
                new($"UPDATE audit_log SET subject = @InPlace WHERE subject {those}", new { ForgottenText.InPlace, some }, transaction, cancellationToken: ct)).ConfigureAwait(false);
        }

        int rows = await Purge.RunAsync(connection, transaction, database.IsPostgres, names, ct).ConfigureAwait(false);
        await StoredMerges.ApplyAsync(connection, transaction).ConfigureAwait(false);
        foreach (string address in addresses)
        {
            var place = new AddressPlace(address, connection, transaction, database.IsPostgres, ct);
            mentions += await place.RewriteWaitingAsync(mentioned).ConfigureAwait(false);
            foreach ((string table, string column) in PersonTables.Texts)
            {
                mentions += await place.RewriteAsync(table, column, mentioned.Text).ConfigureAwait(false);
            }
        }

        return new(leads, rows, mentions);
    }
}
