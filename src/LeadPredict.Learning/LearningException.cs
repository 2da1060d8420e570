namespace LeadPredict.Learning;

/// <summary>The base of everything this project refuses: tables, models and options that cannot be used as they are.</summary>
/// <remarks>The message says what was found, where, and what was expected. Retrying with the same input fails again.</remarks>
public abstract class LearningException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    protected LearningException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and its cause.</summary>
    protected LearningException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
