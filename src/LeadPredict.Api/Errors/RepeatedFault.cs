namespace LeadPredict.Api.Errors;

/// <summary>
/// Logs a fault that comes again and again once: when it begins, when it becomes another, and every ten minutes while it lasts. Safe to use from several
/// threads.
/// </summary>
/// <param name="log">Where it is told.</param>
/// <param name="time">The clock.</param>
/// <param name="what">What it means for the service, before the fault itself.</param>
internal sealed class RepeatedFault(ILogger log, TimeProvider time, string what)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private volatile Told? _told;

    /// <summary>It happened.</summary>
    /// <param name="message">Why, without personal data.</param>
    public void Tell(string message)
    {
        if (_told is { } told && told.Message == message && time.GetElapsedTime(told.At) < Again)
        {
            return;
        }

        _told = new(message, time.GetTimestamp());
        log.LogWarning("{What}: {Fault}", what, message);
    }

    /// <summary>It went well: the next fault is told at once.</summary>
    public void Over() => _told = null;

    private sealed record Told(string Message, long At);
}
