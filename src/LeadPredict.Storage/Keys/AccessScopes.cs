namespace LeadPredict.Storage.Keys;

/// <summary>What a key lets its bearer do.</summary>
[Flags]
public enum AccessScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Ask for scores.</summary>
    Score = 1,

    /// <summary>Send history: leads, touches, transitions, webhooks, decisions of the hand-off.</summary>
    Ingest = 2,

    /// <summary>Read what is stored, reports and pages.</summary>
    Read = 4,

    /// <summary>All of these, and change what serves.</summary>
    Admin = 8 | Score | Ingest | Read,
}
