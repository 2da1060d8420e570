using System.Data.Common;
using Dapper;

namespace LeadPredict.Storage.People;

/// <summary>Finds under which names and addresses a store knows a person.</summary>
internal sealed class PersonSight(DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
{
    private readonly string _lower = LowerCase.FunctionOn(connection);
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
            string address = Suppression.Normalize(email);
            names.Add(email.Trim());
            names.UnionWith(await IdsAsync(
                $"""
                SELECT id FROM leads WHERE {_lower}(id) = @address
                UNION SELECT alias FROM lead_aliases WHERE {_lower}(alias) = @address
                UNION SELECT {(postgres ? "lead_id" : "l.id")} FROM attributes r {(postgres ? "" : "JOIN leads l ON l.lead_key = r.lead_key")} WHERE {_lower}(trim(r.text)) = @address
                """,
                new { address }).ConfigureAwait(false));

            // What waits is text in JSON.
            names.UnionWith(await IdsAsync(
                $"SELECT DISTINCT lead_id FROM waiting_rows WHERE kind = 'attribute' AND {(postgres ? "strpos" : "instr")}({_lower}(content), @quoted) > 0",
                new { quoted = System.Text.Json.JsonSerializer.Serialize(address).ToLowerInvariant() }).ConfigureAwait(false));
        }

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
        return [.. (await IdsAsync(statement, new { names = names.ToArray() }).ConfigureAwait(false)).Where(Suppression.IsAddress).SelectMany(Suppression.Spellings)];
    }

    private async Task<IEnumerable<string>> IdsAsync(string statement, object parameters) =>
        await connection.QueryAsync<string>(new(statement, parameters, transaction, cancellationToken: ct)).ConfigureAwait(false);
}
