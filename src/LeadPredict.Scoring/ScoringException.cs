namespace LeadPredict.Scoring;

/// <summary>The base of what scoring refuses.</summary>
public abstract class ScoringException : Exception
{
    /// <summary>Creates the exception with its message and, where there is one, its cause.</summary>
    protected ScoringException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
