using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Sqlite;

/// <summary>The statements of the SQLite store. Values come in as parameters only.</summary>
internal static class SqliteStatements
{
    public static readonly SqliteInsertText AddAccount = new("accounts", "id", "name", "domain", "created_at", "recorded_at");

    public static readonly SqliteInsertText AddLead = new("leads", "id", "account_id", "source", "created_at", "recorded_at", "account_known_at");

    public static readonly SqliteInsertText AddTouch =
        new("touches", "lead_key", "id", "type", "occurred_at", "recorded_at", "properties");

    public static readonly SqliteInsertText AddAttribute =
        new("attributes", "lead_key", "name", "occurred_at", "recorded_at", "kind", "text", "number");

    public static readonly SqliteInsertText AddTransition =
        new("transitions", "lead_key", "id", "stage", "occurred_at", "recorded_at", "actor", "reason");

    public static readonly SqliteInsertText AddOutcome =
        new("outcomes", "lead_key", "id", "won", "amount", "currency", "occurred_at", "recorded_at");

    public static readonly SqliteInsertText AddMark = new("attribute_marks", "lead_id", "mark");

    public static readonly SqliteInsertText AddWaiting = new("waiting_rows", "lead_id", "kind", "id", "content");

    public const string AnyAlias = "SELECT EXISTS (SELECT 1 FROM lead_aliases)";

    public const string FindAlias = "SELECT lead_id FROM lead_aliases WHERE alias = @name";

    public const string FindAliasAsTold = "SELECT alias AS Name, lead_id AS LeadId, told_at AS ToldAt FROM lead_aliases WHERE alias = @name";

    public const string AddAlias = "INSERT INTO lead_aliases (alias, lead_id, told_at) VALUES (@Alias, @LeadId, @ToldAt) ON CONFLICT DO NOTHING";

    public const string TurnAlias = "UPDATE lead_aliases SET lead_id = @LeadId, told_at = max(coalesce(told_at, @ToldAt), coalesce(@ToldAt, told_at)) WHERE lead_id = @Alias";

    public const string AnyWaiting = "SELECT EXISTS (SELECT 1 FROM waiting_rows)";

    public const string TakeWaiting = "DELETE FROM waiting_rows WHERE lead_id = @name RETURNING lead_id AS LeadId, kind AS Kind, id AS Id, content AS Content";

    public const string Values =
        """
        SELECT l.id AS LeadId, r.name AS Name, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt, r.kind AS Kind, r.text AS Text, r.number AS Number
        FROM leads l CROSS JOIN attributes r ON r.lead_key = l.lead_key WHERE l.id = @lead
        """;

    public const string Deals =
        """
        SELECT l.id AS LeadId, r.id AS Id, r.won AS Won, r.amount AS Amount, r.currency AS Currency, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt
        FROM outcomes k CROSS JOIN leads l ON l.lead_key = k.lead_key CROSS JOIN leads t ON t.id = @LeadId CROSS JOIN outcomes r ON r.lead_key = k.lead_key
        WHERE k.id = @Id AND coalesce(t.merged_into, t.id) = coalesce(l.merged_into, l.id)
        """;

    /// <summary>The values are those of <see cref="AddLead"/>.</summary>
    public static readonly SqliteRowText FillLead = new(
        """
        UPDATE leads SET
            account_id = CASE WHEN $3 < created_at THEN coalesce($1, account_id) ELSE coalesce(account_id, $1) END,
            account_known_at = CASE
                WHEN $1 IS NULL OR (account_id <> $1 AND $3 >= created_at)
                    THEN coalesce(account_known_at, CASE WHEN account_id IS NOT NULL AND $4 < recorded_at THEN recorded_at END)
                WHEN account_id = $1 THEN min(account_known_at, coalesce($5, $4))
                ELSE coalesce($5, $4) END,
            source = CASE WHEN $3 < created_at THEN coalesce($2, source) ELSE coalesce(source, $2) END,
            created_at = min(created_at, $3), recorded_at = min(recorded_at, $4)
        WHERE id = $0 AND ($3 < created_at OR $4 < recorded_at OR (account_id IS NULL AND $1 IS NOT NULL) OR (source IS NULL AND $2 IS NOT NULL)
            OR (account_id = $1 AND coalesce($5, $4) < account_known_at))
        """,
        Values: 6);

    public const string KeyOfLead = "SELECT lead_key FROM leads WHERE id = $id";

    public const string GroupOfLead = "SELECT reading FROM leads WHERE id = @id";

    public const string LeadIds = "SELECT id FROM leads WHERE merged_into IS NULL ORDER BY reading, id";

    // CROSS JOIN makes SQLite walk the leads in order and look each one's rows up: the order asked for comes without sorting.
    private const string OfGroup = " WHERE l.reading = @group";
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
        SELECT r.lead_key AS LeadKey, r.id AS Id, r.type AS Type, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt,
               r.properties AS Properties
        FROM leads l CROSS JOIN touches r ON r.lead_key = l.lead_key
        """;

    private const string Attributes =
        """
        SELECT r.lead_key AS LeadKey, r.name AS Name, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt,
               r.kind AS Kind, r.text AS Text, r.number AS Number
        FROM leads l CROSS JOIN attributes r ON r.lead_key = l.lead_key
        """;

    private const string Transitions =
        """
        SELECT r.lead_key AS LeadKey, r.id AS Id, r.stage AS Stage, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt,
               r.actor AS Actor, r.reason AS Reason
        FROM leads l CROSS JOIN transitions r ON r.lead_key = l.lead_key
        """;

    private const string Outcomes =
        """
        SELECT r.lead_key AS LeadKey, r.id AS Id, r.won AS Won, r.amount AS Amount, r.currency AS Currency,
               r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt
        FROM leads l CROSS JOIN outcomes r ON r.lead_key = l.lead_key
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

    /// <summary>The same of one <c>@group</c>.</summary>
    public static readonly IReadOnlyList<string> Group =
    [
        Leads + OfGroup + InOrder, Touches + OfGroup + InOrder, Attributes + OfGroup + InOrder,
        Transitions + OfGroup + InOrder, Outcomes + OfGroup + InOrder,
    ];

    // No NULL leaves the query: Dapper takes a column's type from its first row. -1 stands for none.
    public const string Summary =
        """
        SELECT 'accounts' AS Kind, count(*) AS Rows, -1 AS First, -1 AS Last,
               coalesce(max(recorded_at), -1) AS Recorded FROM accounts
        UNION ALL SELECT 'leads' AS Kind, count(*) AS Rows, coalesce(min(created_at), -1) AS First, coalesce(max(created_at), -1) AS Last,
               coalesce(max(recorded_at), -1) AS Recorded FROM leads WHERE merged_into IS NULL
        UNION ALL SELECT 'touches' AS Kind, count(*) AS Rows, coalesce(min(occurred_at), -1) AS First, coalesce(max(occurred_at), -1) AS Last,
               coalesce(max(recorded_at), -1) AS Recorded FROM touches
        UNION ALL SELECT 'attributes' AS Kind, count(*) AS Rows, coalesce(min(occurred_at), -1) AS First, coalesce(max(occurred_at), -1) AS Last,
               coalesce(max(recorded_at), -1) AS Recorded FROM attributes
        UNION ALL SELECT 'transitions' AS Kind, count(*) AS Rows, coalesce(min(occurred_at), -1) AS First, coalesce(max(occurred_at), -1) AS Last,
               coalesce(max(recorded_at), -1) AS Recorded FROM transitions
        UNION ALL SELECT 'outcomes' AS Kind, count(*) AS Rows, coalesce(min(occurred_at), -1) AS First, coalesce(max(occurred_at), -1) AS Last,
               coalesce(max(recorded_at), -1) AS Recorded FROM outcomes
        """;

    public const string GetSetting = "SELECT value FROM settings WHERE name = @name";

    public const string SetSetting =
        "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}
