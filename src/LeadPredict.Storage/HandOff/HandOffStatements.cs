namespace LeadPredict.Storage.HandOff;

/// <summary>What differs between the databases in the statements of the hand-off. Values come in as parameters only.</summary>
internal sealed record HandOffStatements
{
    public const string Definitions =
        "SELECT version AS Version, yaml AS Yaml, adopted_at AS AdoptedAt, actor AS Actor FROM handoff_definitions ORDER BY version";

    public const string Adopt =
        "INSERT INTO handoff_definitions (version, yaml, adopted_at, actor) VALUES (@Version, @Yaml, @AdoptedAt, @Actor)";

    // The lead, and those that are read as it: their moves and decisions are its own.
    private const string KeysOfIt = "IN (SELECT lead_key FROM leads WHERE id = @LeadId UNION ALL SELECT lead_key FROM leads WHERE read_group IS NOT NULL AND merged_into = @LeadId)";
    private const string NamesOfIt = "= ANY (ARRAY(SELECT id FROM leads WHERE id = @LeadId UNION ALL SELECT id FROM leads WHERE read_group IS NOT NULL AND merged_into = @LeadId))";

    /// <summary>Keeps other adoptions out until the transaction ends. Row and table locks would take rights that the store does without.</summary>
    public required string LockDefinitions { get; init; }

    /// <summary>Keeps other decisions about the lead out until the transaction ends; SQLite's writers are alone already.</summary>
    public required string LockLead { get; init; }

    /// <summary>-1 for a lead that is not known.</summary>
    public required string CountTransitions { get; init; }

    public required string AddTransition { get; init; }

    public required string AddOutcome { get; init; }

    public required string AddDecision { get; init; }

    public required string Decisions { get; init; }

    public static readonly HandOffStatements Sqlite = new()
    {
        LockDefinitions = "SELECT 1",
        LockLead = "SELECT 1",
        CountTransitions = Count($"lead_key {KeysOfIt}"),
        AddTransition = Transition("lead_key", "(SELECT lead_key FROM leads WHERE id = @LeadId)"),
        AddOutcome = Outcome("lead_key", "(SELECT lead_key FROM leads WHERE id = @LeadId)", "@Amount"),
        AddDecision = Decision("lead_key", "(SELECT lead_key FROM leads WHERE id = @LeadId)"),
        Decisions = Read($"d.lead_key {KeysOfIt}", "t.lead_key = d.lead_key"),
    };

    public static readonly HandOffStatements Postgres = new()
    {
        LockDefinitions = "SELECT pg_advisory_xact_lock(hashtextextended('handoff_definitions', 0))",
        LockLead = "SELECT pg_advisory_xact_lock(hashtextextended(@LeadId, 0))",
        CountTransitions = Count($"lead_id {NamesOfIt}"),
        AddTransition = Transition("lead_id", "@LeadId"),
        AddOutcome = Outcome("lead_id", "@LeadId", "CAST(@Amount AS numeric)"),
        AddDecision = Decision("lead_id", "@LeadId"),
        Decisions = Read($"d.lead_id {NamesOfIt}", "t.lead_id = d.lead_id"),
    };

    private static string Count(string ofLead) =>
        $"SELECT CASE WHEN EXISTS (SELECT 1 FROM leads WHERE id = @LeadId) THEN (SELECT count(*) FROM transitions WHERE {ofLead}) ELSE -1 END";

    private static string Transition(string column, string lead) =>
        $"INSERT INTO transitions ({column}, id, stage, occurred_at, recorded_at, actor, reason) VALUES ({lead}, @Id, @Stage, @OccurredAt, @RecordedAt, @Actor, @Reason) ON CONFLICT DO NOTHING";

    private static string Outcome(string column, string lead, string amount) =>
        $"INSERT INTO outcomes ({column}, id, won, amount, currency, occurred_at, recorded_at) VALUES ({lead}, @Id, @Won, {amount}, @Currency, @OccurredAt, @RecordedAt) ON CONFLICT DO NOTHING";

    private static string Decision(string column, string lead) =>
        $"INSERT INTO decisions ({column}, transition_id, action, definitions_version, note) VALUES ({lead}, @TransitionId, @Action, @DefinitionsVersion, @Text) ON CONFLICT DO NOTHING";

    private static string Read(string ofLead, string join) =>
        "SELECT d.transition_id AS TransitionId, d.action AS Action, d.definitions_version AS DefinitionsVersion, d.note AS Text "
        + $"FROM decisions d JOIN transitions t ON {join} AND t.id = d.transition_id WHERE {ofLead} ORDER BY t.occurred_at, t.recorded_at, t.id";
}
