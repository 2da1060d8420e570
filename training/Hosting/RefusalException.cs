namespace LeadPredict.Training.Hosting;

/// <summary>The command will not do it, and says why and what to do; exit code 1.</summary>
public sealed class RefusalException : Exception
{
    internal RefusalException(string message)
        : base(message)
    {
    }

    internal RefusalException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
