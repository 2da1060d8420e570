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

    /// <summary>All there is.</summary>
    All = Touches | Attributes | Transitions | Outcomes,
}
