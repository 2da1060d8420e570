using LeadPredict.Storage.Errors;

namespace LeadPredict.Api.Health;

/// <summary>Remembers for a minute that a request failed because the database, or a pooler before it, lacks what the service needs: asking whether it answers does not show it.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class StoreRefusals(LeadPredictApiOptions options)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private volatile Noted? _last;

    public bool AnyLately => _last is { } last && options.Time.GetElapsedTime(last.At) < Memory;

    public void Note(Exception fault)
    {
        if (fault is StoreServerException { Fault: StoreServerFault.NotSupported })
        {
            _last = new(options.Time.GetTimestamp());
        }
    }

    private sealed record Noted(long At);
}
