using System.Data.Common;
using System.Text.Json;
using Dapper;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.People;

/// <summary>Finds under which names and addresses a store knows a person.</summary>
internal sealed class PersonSight(DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
{
    private readonly string _those = AnyOf.Text(postgres, "names");

    /// <summary>Identifiers of leads and aliases that are the person; those merged with it too, unknown ones as they were given.</summary>
    public async Task<HashSet<string>> NamesAsync(string? leadId, string? email)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!string.IsNullOrWhiteSpace(leadId))
        {
            names.Add(leadId);
        }

        if (!string.IsNullOrWhiteSpace(email))
        {
            names.Add(email.Trim());
            names.UnionWith(await IdsOfAddressAsync(email).ConfigureAwait(false));
        }

        return await NamesAsync(names).ConfigureAwait(false);
    }

    /// <summary>The same of some identifiers.</summary>
    public async Task<HashSet<string>> NamesAsync(IEnumerable<string> ids)
    {
        HashSet<string> names = [.. ids];
        for (int before = 0; before < names.Count;)
        {
            before = names.Count;
            names.UnionWith(await IdsAsync(
                $"""
                SELECT alias FROM lead_aliases WHERE lead_id {_those} UNION SELECT lead_id FROM lead_aliases WHERE alias {_those}
                UNION SELECT merged FROM merges WHERE kind = 'lead' AND undone_at IS NULL AND kept {_those}
                UNION SELECT kept FROM merges WHERE kind = 'lead' AND undone_at IS NULL AND merged {_those}
                """,
                new { names = names.ToArray() }).ConfigureAwait(false));
        }

        return names;
    }

    /// <summary>The addresses that are attributes of these leads.</summary>
    public async Task<HashSet<string>> AddressesAsync(HashSet<string> names)
    {
        string statement = postgres
            ? $"SELECT text FROM attributes WHERE lead_id {_those} AND kind = 1"
            : $"SELECT r.text FROM attributes r JOIN leads l ON l.lead_key = r.lead_key WHERE l.id {_those} AND r.kind = 1";
        return [.. (await IdsAsync(statement, new { names = names.ToArray() }).ConfigureAwait(false)).Where(Suppression.IsAddress).Select(Suppression.Normalize)];
    }

    /// <summary>Who has the address for an identifier, also of a lead that was only scored, another name or an attribute, one that waits for its lead too.</summary>
    private async Task<IEnumerable<string>> IdsOfAddressAsync(string email)
    {
        string address = Suppression.Normalize(email);
        string attributes = postgres ? "SELECT lead_id, text FROM attributes r" : "SELECT l.id, r.text FROM attributes r JOIN leads l ON l.lead_key = r.lead_key";
        IEnumerable<(string Id, string Text)> found = await connection.QueryAsync<(string, string)>(new(
            $"""
            SELECT id, id FROM leads WHERE {Like("id")}
            UNION ALL SELECT alias, alias FROM lead_aliases WHERE {Like("alias")}
            UNION ALL SELECT lead_id, lead_id FROM waiting_rows WHERE {Like("lead_id")}
            UNION ALL SELECT DISTINCT lead_id, lead_id FROM score_log WHERE {Like("lead_id")}
            UNION ALL {attributes} WHERE {Like("trim(r.text)")}
            """,
            new { address = AnyCase.Whole(address) },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false);

        IEnumerable<WaitingRow> waiting = await connection.QueryAsync<WaitingRow>(new(
            $"SELECT lead_id AS LeadId, kind AS Kind, id AS Id, content AS Content FROM waiting_rows WHERE kind = '{WaitingRow.Attribute}' AND {Like("content")}",
            new { address = AnyCase.Within(JsonEncodedText.Encode(address).ToString()) },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false);
        return found.Concat(WaitingRow.Batch([.. waiting]).Attributes.Select(change => (Id: change.LeadId, Text: change.Value.Text!)))
            .Where(row => AnyCase.AreSame(row.Text, address)).Select(row => row.Id);

        string Like(string expression) => AnyCase.Like(expression, "address", postgres);
    }

    private async Task<IEnumerable<string>> IdsAsync(string statement, object parameters) =>
        await connection.QueryAsync<string>(new(statement, parameters, transaction, cancellationToken: ct)).ConfigureAwait(false);
}
