namespace LeadPredict.Learning.Training;

/// <summary>Which way a score may move as a numeric column grows and all others stay as they are; a missing value has no place in that order.</summary>
public enum MonotoneDirection
{
    /// <summary>More of it never lowers the score.</summary>
    Increasing = 1,

    /// <summary>More of it never raises the score.</summary>
    Decreasing = -1,
}
