namespace LeadPredict.Scoring.Changes;

/// <summary>Two scores cannot be compared: there is none at one of the instants, or they answer different questions.</summary>
public sealed class ScoreChangeException : ScoringException
{
    /// <summary>Says what was found and what was expected.</summary>
    public ScoreChangeException(string message)
        : base(message)
    {
    }
}
