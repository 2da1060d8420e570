namespace LeadPredict.Artifacts;

/// <summary>What a model was learned from and is asked about.</summary>
public enum ArtifactKind
{
    /// <summary>Lead histories: the chain of stages.</summary>
    Funnel = 0,

    /// <summary>Rows of a flat table with one label column.</summary>
    Table = 1,
}
