namespace LeadPredict.Training.Hosting;

/// <summary>The command will not do it, and says why and what to do; exit code 1.</summary>
internal sealed class RefusalException : Exception
{
    public RefusalException(string message)
        : base(message)
    {
    }

    public RefusalException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
