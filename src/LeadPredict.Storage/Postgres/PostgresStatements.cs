namespace LeadPredict.Storage.Postgres;

/// <summary>The statements of the PostgreSQL store. Values come in as parameters only.</summary>
internal static class PostgresStatements
{
    public const string KnownLeads = "SELECT id FROM leads WHERE id = ANY(@ids)";

    public const string GroupOfLead = "SELECT group_key FROM leads WHERE id = @id";

    public const string LeadIds = "SELECT id FROM leads ORDER BY group_key, id";

    /// <summary>
    /// Makes the planner walk the leads in order by their index and look each one's rows up: the first account comes at once, and
    /// the server sorts nothing on its disk. Holds until the transaction ends.
    /// </summary>
    public const string WalkInOrder =
        "SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

    private const string OfGroup = " WHERE l.group_key = @group";
    private const string InOrder = " ORDER BY l.group_key, l.id";

    private const string Leads =
        """
        SELECT l.lead_key AS LeadKey, l.group_key AS GroupKey, l.id AS Id, l.account_id AS AccountId, l.source AS Source,
               l.created_at AS CreatedAt, l.recorded_at AS RecordedAt,
               a.id IS NOT NULL AS AccountKnown, a.name AS AccountName, a.domain AS AccountDomain,
               coalesce(a.created_at, 0) AS AccountCreatedAt, coalesce(a.recorded_at, 0) AS AccountRecordedAt
        FROM leads l LEFT JOIN accounts a ON a.id = l.account_id
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

    /// <summary>The same of one <c>@group</c>.</summary>
    public static readonly IReadOnlyList<string> Group =
    [
        Leads + OfGroup + InOrder, Touches + OfGroup + InOrder, Attributes + OfGroup + InOrder,
        Transitions + OfGroup + InOrder, Outcomes + OfGroup + InOrder,
    ];

    // No NULL leaves the query; -1 stands for none.
    public static readonly string Summary =
        "SELECT 'accounts' AS Kind, count(*) AS Rows, -1::bigint AS First, -1::bigint AS Last, coalesce(max(recorded_at), -1) AS Recorded FROM accounts"
        + Counted("leads", "created_at") + Counted("touches", "occurred_at") + Counted("attributes", "occurred_at")
        + Counted("transitions", "occurred_at") + Counted("outcomes", "occurred_at");

    public const string GetSetting = "SELECT value FROM settings WHERE name = @name";

    public const string SetSetting =
        "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private static string Counted(string table, string instant) =>
        $" UNION ALL SELECT '{table}', count(*), coalesce(min({instant}), -1), coalesce(max({instant}), -1), coalesce(max(recorded_at), -1) FROM {table}";
}
