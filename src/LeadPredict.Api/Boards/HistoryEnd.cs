using LeadPredict.Storage;

namespace LeadPredict.Api.Boards;

/// <summary>Until when a history is known, and as of when it is looked at.</summary>
/// <param name="ObservedUntil">What was recorded before this is known.</param>
/// <param name="AsOf">Now, or the end of a history that ended a while ago.</param>
/// <param name="IsPast">Whether it ended more than a week ago.</param>
internal readonly record struct HistoryEnd(DateTimeOffset ObservedUntil, DateTimeOffset AsOf, bool IsPast)
{
    private static readonly TimeSpan Past = TimeSpan.FromDays(7);

    public static async Task<HistoryEnd> OfAsync(IHistoryStore store, DateTimeOffset now, CancellationToken cancellation)
    {
        DateTimeOffset observedUntil = await store.FindLastRecordedAsync(now, cancellation) is { } last ? last.AddMicroseconds(1) : now;
        bool isPast = now - observedUntil > Past;
        return new(observedUntil, isPast ? observedUntil : now, isPast);
    }
}
