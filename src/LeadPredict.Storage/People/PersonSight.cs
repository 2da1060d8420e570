using System.Data.Common;
using System.Text.Json;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.People;

/// <summary>Finds under which names and addresses a store knows a person.</summary>
internal sealed class PersonSight(DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
{
    private readonly string _those = AnyOf.Text(postgres, "names");

    /// <summary>Whose own one of the addresses is, with those merged with them.</summary>
    public async Task<HashSet<string>> NamesOfAsync(IEnumerable<string> addresses)
    {
        var leads = new HashSet<string>(StringComparer.Ordinal);
        foreach (string address in addresses)
        {
            leads.UnionWith(await LeadsOfAsync(address).ConfigureAwait(false));
        }

        return await NamesAsync(leads).ConfigureAwait(false);
    }

    /// <summary>These identifiers of leads, unknown ones too, with their other names and those merged with them.</summary>
    public async Task<HashSet<string>> NamesAsync(IEnumerable<string> ids)
    {
        HashSet<string> all = [.. ids];
        for (string[] last = [.. all]; last.Length > 0;)
        {
            List<string> further = [];
            foreach (string[] names in last.Chunk(AnyOf.Most))
            {
                IEnumerable<string> found = await IdsAsync(
                    $"""
                    SELECT alias FROM lead_aliases WHERE lead_id {_those} UNION SELECT lead_id FROM lead_aliases WHERE alias {_those}
                    UNION SELECT merged FROM merges WHERE kind = 'lead' AND undone_at IS NULL AND kept {_those}
                    UNION SELECT kept FROM merges WHERE kind = 'lead' AND undone_at IS NULL AND merged {_those}
                    """,
                    new { names }).ConfigureAwait(false);
                further.AddRange(found.Where(all.Add));
            }

            last = [.. further];
        }

        return all;
    }

    /// <summary>Those of the names that are known leads, or mean one.</summary>
    public async Task<HashSet<string>> KnownAsync(IEnumerable<string> all)
    {
        HashSet<string> known = [];
        foreach (string[] names in all.Distinct(StringComparer.Ordinal).Chunk(AnyOf.Most))
        {
            known.UnionWith(await IdsAsync(
                $"""
                SELECT id FROM leads WHERE id {_those}
                UNION SELECT a.alias FROM lead_aliases a JOIN leads l ON l.id = a.lead_id WHERE a.alias {_those}
                """,
                new { names }).ConfigureAwait(false));
        }

        return known;
    }

    /// <summary>The addresses of these leads: those that their names, their attributes or the forms they sent say to be their own.</summary>
    public async Task<HashSet<string>> AddressesAsync(HashSet<string> leads)
    {
        HashSet<string> addresses = [.. leads.SelectMany(Addresses.Own)];
        foreach (string[] names in leads.Chunk(AnyOf.Most))
        {
            IEnumerable<Told> told = await ToldAsync(postgres ? $"r.lead_id {_those}" : $"l.id {_those}", $"lead_id {_those}", new { names }).ConfigureAwait(false);
            addresses.UnionWith(told.SelectMany(one => one.Addresses()));
        }

        return addresses;
    }

    /// <summary>
    /// Whose own the address is, as the next rows of them would show: by identifier, also of a lead that was only scored or that another name was said to mean, by another name, or by an
    /// attribute or a form, one that waits for its lead too.
    /// </summary>
    public async Task<HashSet<string>> LeadsOfAsync(string address)
    {
        var patterns = new { address = AnyCase.Within(address), escaped = AnyCase.Within(JsonEncodedText.Encode(address).ToString()) };
        IEnumerable<string> ids = await IdsAsync(
            $"""
            SELECT id FROM leads WHERE {Like("id", "address")}
            UNION SELECT alias FROM lead_aliases WHERE {Like("alias", "address")}
            UNION SELECT lead_id FROM lead_aliases WHERE {Like("lead_id", "address")}
            UNION SELECT lead_id FROM waiting_rows WHERE {Like("lead_id", "address")}
            UNION SELECT lead_id FROM score_log WHERE {Like("lead_id", "address")}
            """,
            patterns).ConfigureAwait(false);
        IEnumerable<Told> told = await ToldAsync(
            $"({Like("r.text", "address")} OR {Like("r.text", "escaped")})", Like("content", "escaped"), patterns).ConfigureAwait(false);
        return [.. ids.Where(id => Addresses.Own(id).Contains(address)), .. told.Where(one => one.Addresses().Contains(address)).Select(one => one.LeadId)];

        string Like(string expression, string parameter) => AnyCase.Like(expression, parameter, postgres);
    }

    /// <summary>Attributes and touches that hold an address, of leads that are there and of those that rows wait for.</summary>
    /// <param name="rows">Which rows <c>r</c> of leads, <c>l</c> in SQLite.</param>
    /// <param name="waiting">Which rows that wait.</param>
    /// <param name="parameters">What the two ask with.</param>
    private async Task<IEnumerable<Told>> ToldAsync(string rows, string waiting, object parameters)
    {
        (string id, string join) = postgres ? ("r.lead_id", "") : ("l.id", " JOIN leads l ON l.lead_key = r.lead_key");
        string lead = postgres ? "lead_id" : "lead_key";
        IEnumerable<Told> told = await connection.QueryAsync<Told>(new(
            $"""
            SELECT {id} AS LeadId, r.name AS Name, r.text AS Text FROM attributes r{join} WHERE {rows} AND r.text LIKE '%@%'
            UNION ALL SELECT {id}, NULL, r.text FROM (SELECT {lead}, properties{(postgres ? "::text" : "")} AS text FROM touches) r{join} WHERE {rows} AND r.text LIKE '%@%'
            """,
            parameters,
            transaction,
            cancellationToken: ct)).ConfigureAwait(false);
        HistoryBatch aside = WaitingRow.Batch([.. await connection.QueryAsync<WaitingRow>(new(
            $"SELECT lead_id AS LeadId, kind AS Kind, id AS Id, content AS Content FROM waiting_rows WHERE {waiting} AND content LIKE '%@%'",
            parameters,
            transaction,
            cancellationToken: ct)).ConfigureAwait(false)]);
        return
        [
            .. told,
            .. aside.Attributes.Where(change => change.Value.Text is not null).Select(change => new Told(change.LeadId, change.Name, change.Value.Text!)),
            .. aside.Touches.Select(touch => new Told(touch.LeadId, null, PropertiesJson.Write(touch.Properties) ?? "{}")),
        ];
    }

    private async Task<IEnumerable<string>> IdsAsync(string statement, object parameters) =>
        await connection.QueryAsync<string>(new(statement, parameters, transaction, cancellationToken: ct)).ConfigureAwait(false);

    /// <summary>An attribute's text, or a touch's properties where there is no name.</summary>
    private sealed record Told(string LeadId, string? Name, string Text)
    {
        public IEnumerable<string> Addresses() => Name is { } name
            ? People.Addresses.Own(name, AttributeValue.Of(Text))
            : PropertiesJson.Read(Text).SelectMany(property => People.Addresses.Own(property.Key, property.Value));
    }
}
