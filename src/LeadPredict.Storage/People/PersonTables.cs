namespace LeadPredict.Storage.People;

/// <summary>
/// Where something of a person may stand. Every table of a store is named here, and a test holds the list against the schema: who adds a table
/// says how a person is forgotten in it.
/// </summary>
internal static class PersonTables
{
    /// <summary>Tables whose rows belong to a lead by its identifier, and the column that holds it.</summary>
    public static readonly (string Table, string Column)[] ByLeadId =
    [
        ("score_log", "lead_id"), ("lead_scores", "lead_id"), ("outbox", "lead_id"), ("waiting_rows", "lead_id"), ("attribute_marks", "lead_id"),
        ("lead_aliases", "lead_id"), ("lead_aliases", "alias"), ("merges", "kept"), ("merges", "merged"),
        ("merged_records", "name"), ("merged_records", "survivor"),
        ("call_list", "lead_id"), ("call_texts", "lead_id"),
    ];

    /// <summary>Tables of the history, whose rows refer to the lead's own.</summary>
    public static readonly string[] OfHistory = ["touches", "attributes", "transitions", "outcomes", "decisions"];

    /// <summary>The leads themselves.</summary>
    public const string Leads = "leads";

    /// <summary>Texts in which an address may stand though the row is not the person's.</summary>
    public static readonly (string Table, string Column)[] Texts =
    [
        ("touches", "properties"), ("attributes", "text"), ("transitions", "actor"), ("transitions", "reason"), ("decisions", "note"),
        ("score_log", "answer"), ("outbox", "payload"), ("outbox", "error"), ("audit_log", "actor"), ("audit_log", "subject"),
        ("accounts", "name"), ("accounts", "domain"), ("leads", "source"), ("merges", "reason"), ("access_keys", "name"), ("handoff_definitions", "actor"),
        ("call_list", "sought"), ("call_list", "source"), ("call_texts", "content"), ("boards", "content"),
    ];

    /// <summary>Tables that hold nothing of a person but what stands in <see cref="Texts"/>.</summary>
    public static readonly string[] OfNobody =
        ["accounts", "settings", "access_keys", "audit_log", "handoff_definitions", "work_leases", "schema_migrations", "suppressions", "boards"];

    /// <summary>Every table.</summary>
    public static IEnumerable<string> All => [.. ByLeadId.Select(entry => entry.Table).Concat(OfHistory).Append(Leads).Concat(OfNobody).Distinct()];
}
