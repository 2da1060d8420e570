namespace LeadPredict.Artifacts;

/// <summary>The base of everything that model files and their repository refuse.</summary>
/// <remarks>The message says what was found, where, what was expected and what to do. Retrying on the same files fails again.</remarks>
public abstract class ArtifactException : Exception
{
    /// <summary>Creates the exception with its message and, where there is one, its cause.</summary>
    protected ArtifactException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
