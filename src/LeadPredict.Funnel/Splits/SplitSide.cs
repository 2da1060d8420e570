namespace LeadPredict.Funnel.Splits;

/// <summary>Where an example goes, or why it goes nowhere.</summary>
public enum SplitSide
{
    /// <summary>To learn from: its horizon is over by the test start.</summary>
    Train,

    /// <summary>To test on: it lies at or after the test start, is mature and opens an episode of its link.</summary>
    Test,

    /// <summary>Dropped: its horizon is not over by the end of the data.</summary>
    Immature,

    /// <summary>Dropped: it lies before the test start, but its horizon reaches beyond it.</summary>
    Embargoed,

    /// <summary>Dropped: it lies after the test start, but opens no episode of its link (a later snapshot, a stay in nurturing, or asked before the link).</summary>
    NotEpisodeStart,

    /// <summary>Dropped: another example of its account lies on the other side.</summary>
    OtherSide,
}
