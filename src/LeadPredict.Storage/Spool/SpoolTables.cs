namespace LeadPredict.Storage.Spool;

/// <summary>Which rows of a spool are read with the leads.</summary>
[Flags]
public enum SpoolTables
{
    /// <summary>Leads and accounts alone.</summary>
    None = 0,

    /// <summary>What they did.</summary>
    Touches = 1,

    /// <summary>What is known of them.</summary>
    Attributes = 2,

    /// <summary>The stages they went through.</summary>
    Transitions = 4,

    /// <summary>What their deals were worth.</summary>
    Outcomes = 8,

    /// <summary>
    /// With what they did, what it is called. Without it touches have empty identifiers, in the order in which identifiers put those of the same
    /// instants: twenty million texts that nobody looks at need not be made.
    /// </summary>
    TouchIds = 16,

    /// <summary>All that is learnt from.</summary>
    Learnt = Touches | Attributes | Transitions | Outcomes,

    /// <summary>All there is.</summary>
    All = Learnt | TouchIds,
}
