using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Postgres;

/// <summary>The statements of the PostgreSQL store. Values come in as parameters only.</summary>
internal static class PostgresStatements
{
    public const string FindNames =
        """
        SELECT id AS Name, id AS LeadId, true AS Known, NULL::bigint AS ToldAt FROM leads WHERE id = ANY(@names)
        UNION ALL
        SELECT a.alias, a.lead_id, l.id IS NOT NULL, a.told_at FROM lead_aliases a LEFT JOIN leads l ON l.id = a.lead_id WHERE a.alias = ANY(@names)
        """;

    /// <summary>One number for all stores of a database: at worst two of them wait for each other.</summary>
    private const string DeliveryLock = "7245091836412";

    public const string LockAlone = $"SELECT pg_advisory_xact_lock({DeliveryLock})";

    public const string LockShared = $"SELECT pg_advisory_xact_lock_shared({DeliveryLock})";

    /// <summary>Tells whether aliases mean one of these.</summary>
    public const string AddAliases =
        """
        INSERT INTO lead_aliases (alias, lead_id, told_at) SELECT * FROM unnest(@aliases, @leads, @told) ON CONFLICT DO NOTHING;
        SELECT EXISTS (SELECT 1 FROM lead_aliases WHERE lead_id = ANY(@aliases))
        """;

    public const string TurnAliases =
        """
        UPDATE lead_aliases a SET lead_id = n.lead, told_at = greatest(a.told_at, n.told) FROM unnest(@aliases, @leads, @told) AS n (alias, lead, told) WHERE a.lead_id = n.alias
        """;

    public const string AddMarks =
        """
        INSERT INTO attribute_marks (lead_id, mark) SELECT lead, mark FROM unnest(@leads, @marks) AS n (lead, mark) ORDER BY lead, mark
        ON CONFLICT DO NOTHING RETURNING lead_id AS LeadId, mark AS Mark
        """;

    public const string Values =
        """
        SELECT lead_id AS LeadId, name AS Name, occurred_at AS OccurredAt, recorded_at AS RecordedAt, kind AS Kind, text AS Text, number AS Number
        FROM attributes WHERE lead_id = ANY(@leads)
        """;

    public const string Deals =
        """
        SELECT DISTINCT r.lead_id AS LeadId, r.id AS Id, r.won AS Won, r.amount::text AS Amount, r.currency AS Currency, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt
        FROM unnest(@ids, @leads) AS told (id, lead_id) JOIN outcomes k ON k.id = told.id JOIN leads l ON l.id = k.lead_id
        JOIN leads t ON t.id = told.lead_id AND coalesce(t.merged_into, t.id) = coalesce(l.merged_into, l.id) JOIN outcomes r ON r.lead_id = k.lead_id
        """;

    private const string Lacks =
        """
        (n.created < l.created_at OR n.recorded < l.recorded_at
            OR (l.account_id IS NULL AND n.account IS NOT NULL) OR (l.source IS NULL AND n.source IS NOT NULL)
            OR (l.account_id = n.account AND coalesce(n.told, n.recorded) < l.account_known_at))
        """;

    public const string FindLacking =
        $"""
        SELECT DISTINCT l.id FROM unnest(@ids, @accounts, @sources, @created, @recorded, @told) AS n (id, account, source, created, recorded, told)
        JOIN leads l ON l.id = n.id WHERE {Lacks}
        """;

    public const string FillLeads =
        $"""
        UPDATE leads l SET
            account_id = CASE WHEN n.created < l.created_at THEN coalesce(n.account, l.account_id) ELSE coalesce(l.account_id, n.account) END,
            account_known_at = CASE
                WHEN n.account IS NULL OR (l.account_id <> n.account AND n.created >= l.created_at)
                    THEN coalesce(l.account_known_at, CASE WHEN l.account_id IS NOT NULL AND n.recorded < l.recorded_at THEN l.recorded_at END)
                WHEN l.account_id = n.account THEN CASE WHEN l.account_known_at IS NOT NULL THEN least(l.account_known_at, coalesce(n.told, n.recorded)) END
                ELSE coalesce(n.told, n.recorded) END,
            source = CASE WHEN n.created < l.created_at THEN coalesce(n.source, l.source) ELSE coalesce(l.source, n.source) END,
            created_at = least(l.created_at, n.created), recorded_at = least(l.recorded_at, n.recorded)
        FROM (SELECT @id AS id, @account AS account, @source AS source, @created AS created, @recorded AS recorded, @told AS told) n
        WHERE l.id = n.id AND {Lacks}
        """;

    public const string Park =
        """
        INSERT INTO waiting_rows (lead_id, kind, id, content) SELECT * FROM unnest(@leads, @kinds, @ids, @contents) ON CONFLICT DO NOTHING
        """;

    public const string AnyWaiting = "SELECT EXISTS (SELECT 1 FROM waiting_rows)";

    public const string TakeWaiting =
        "DELETE FROM waiting_rows WHERE lead_id = ANY(@names) RETURNING lead_id AS LeadId, kind AS Kind, id AS Id, content AS Content";

    public const string LeadIds = "SELECT id FROM leads WHERE merged_into IS NULL ORDER BY reading, id";

    /// <summary>
    /// Makes the planner walk the leads in order by their index and look each one's rows up: the first account comes at once, and
    /// the server sorts nothing on its disk. Holds until the transaction ends.
    /// </summary>
    public const string WalkInOrder =
        "SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

    private const string OfGroup = " WHERE l.reading = (SELECT reading FROM leads WHERE id = $1)";
    private const string InOrder = " ORDER BY l.reading, l.id";

    private const string Leads =
        """
        SELECT l.lead_key AS LeadKey, l.reading AS GroupKey, l.id AS Id, coalesce(l.read_account, l.account_id) AS AccountId, l.merged_into AS MergedInto, l.source AS Source,
               l.created_at AS CreatedAt, l.recorded_at AS RecordedAt, l.account_known_at AS AccountToldAt,
               a.id IS NOT NULL AS AccountKnown, a.name AS AccountName, a.domain AS AccountDomain,
               coalesce(a.created_at, 0) AS AccountCreatedAt, coalesce(a.recorded_at, 0) AS AccountRecordedAt
        FROM leads l LEFT JOIN accounts a ON a.id = coalesce(l.read_account, l.account_id)
        """;

    private const string Touches =
        """
        SELECT l.lead_key AS LeadKey, r.id AS Id, r.type AS Type, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt,
               r.properties AS Properties
        FROM leads l JOIN touches r ON r.lead_id = l.id
        """;

    private const string Attributes =
        """
        SELECT l.lead_key AS LeadKey, r.name AS Name, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt,
               r.kind AS Kind, r.text AS Text, r.number AS Number
        FROM leads l JOIN attributes r ON r.lead_id = l.id
        """;

    private const string Transitions =
        """
        SELECT l.lead_key AS LeadKey, r.id AS Id, r.stage AS Stage, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt,
               r.actor AS Actor, r.reason AS Reason
        FROM leads l JOIN transitions r ON r.lead_id = l.id
        """;

    private const string Outcomes =
        """
        SELECT l.lead_key AS LeadKey, r.id AS Id, r.won AS Won, r.amount::text AS Amount, r.currency AS Currency,
               r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt
        FROM leads l JOIN outcomes r ON r.lead_id = l.id
        """;

    /// <summary>The five reads of the whole history, in order: leads, touches, attributes, transitions, outcomes.</summary>
    public static readonly IReadOnlyList<string> Whole =
        [Leads + InOrder, Touches + InOrder, Attributes + InOrder, Transitions + InOrder, Outcomes + InOrder];

    /// <summary>The same of <see cref="AccountsInPlay"/>.</summary>
    public static readonly IReadOnlyList<string> InPlay =
    [
        Leads + AccountsInPlay.Only + InOrder, Touches + AccountsInPlay.Only + InOrder, Attributes + AccountsInPlay.Only + InOrder,
        Transitions + AccountsInPlay.Only + InOrder, Outcomes + AccountsInPlay.Only + InOrder,
    ];

    /// <summary>The same of the group of one lead, the only parameter.</summary>
    public static readonly IReadOnlyList<string> AccountOfLead =
    [
        Leads + OfGroup + InOrder, Touches + OfGroup + InOrder, Attributes + OfGroup + InOrder,
        Transitions + OfGroup + InOrder, Outcomes + OfGroup + InOrder,
    ];

    // No NULL leaves the query; -1 stands for none.
    public static readonly string Summary =
        "SELECT 'accounts' AS Kind, count(*) AS Rows, -1::bigint AS First, -1::bigint AS Last, coalesce(max(recorded_at), -1) AS Recorded FROM accounts"
        + Counted("leads", "created_at", " WHERE merged_into IS NULL") + Counted("touches", "occurred_at") + Counted("attributes", "occurred_at")
        + Counted("transitions", "occurred_at") + Counted("outcomes", "occurred_at");

    public const string FindAlias = "SELECT lead_id FROM lead_aliases WHERE alias = @name";

    public const string GetSetting = "SELECT value FROM settings WHERE name = @name";

    public const string SetSetting =
        "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private static string Counted(string table, string instant, string where = "") =>
        $" UNION ALL SELECT '{table}', count(*), coalesce(min({instant}), -1), coalesce(max({instant}), -1), coalesce(max(recorded_at), -1) FROM {table}{where}";
}
