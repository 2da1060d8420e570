namespace LeadPredict.Storage.Outbox;

/// <summary>Events on their way out: kept with the change that they tell of, until they are delivered or given up.</summary>
/// <remarks>Safe to use from several threads and processes.</remarks>
public interface IOutbox
{
    /// <summary>Events that are due: of each lead the first that waits alone, so that a lead's events go out in order.</summary>
    /// <param name="now">The present.</param>
    /// <param name="most">At most so many, from 1.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<IReadOnlyList<WaitingEvent>> DueAsync(DateTimeOffset now, int most, CancellationToken ct = default);

    /// <summary>Notes that an event was delivered; nothing where it was withdrawn meanwhile.</summary>
    /// <param name="sent">The event.</param>
    /// <param name="at">The present.</param>
    /// <param name="latestOnly">Whether earlier events of the lead that wait are removed, as those that were put back in line while this one was sent: they would overwrite it.</param>
    /// <param name="ct">Stops the writing.</param>
    Task DeliveredAsync(WaitingEvent sent, DateTimeOffset at, bool latestOnly = false, CancellationToken ct = default);

    /// <summary>Notes a failed attempt; nothing where the event was withdrawn meanwhile.</summary>
    /// <param name="sent">The event.</param>
    /// <param name="error">What went wrong, without personal data.</param>
    /// <param name="nextAt">When to try again, or null to give it up.</param>
    /// <param name="at">The present.</param>
    /// <param name="ct">Stops the writing.</param>
    Task FailedAsync(WaitingEvent sent, string error, DateTimeOffset? nextAt, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Events that were given up, the newest first.</summary>
    Task<IReadOnlyList<WaitingEvent>> DeadAsync(int most, CancellationToken ct = default);

    /// <summary>Puts events that were given up back in line.</summary>
    /// <param name="at">When they are due.</param>
    /// <param name="latestOnly">Whether those are removed of whose lead a later one was delivered: they would overwrite it.</param>
    /// <param name="ct">Stops the writing.</param>
    /// <returns>How many.</returns>
    Task<int> ReviveAsync(DateTimeOffset at, bool latestOnly, CancellationToken ct = default);

    /// <summary>Removes a lead's events that were not delivered: of a person who objects nothing is told any more.</summary>
    /// <returns>How many.</returns>
    Task<int> WithdrawAsync(string leadId, CancellationToken ct = default);

    /// <summary>
    /// Removes events that were delivered before an instant; what waits and what was given up stays, and of a lead with one that was given up the last
    /// delivered after it: it tells that the older is overtaken.
    /// </summary>
    /// <param name="instant">The instant.</param>
    /// <param name="most">At most so many, from 1, the oldest.</param>
    /// <param name="ct">Stops the removing.</param>
    /// <returns>How many.</returns>
    Task<int> RemoveDeliveredBeforeAsync(DateTimeOffset instant, int most, CancellationToken ct = default);

    /// <summary>How many events wait and how many were given up.</summary>
    Task<(long Waiting, long Dead)> CountAsync(CancellationToken ct = default);

    /// <summary>Takes or keeps the right to do a work that only one service may do at a time.</summary>
    /// <param name="name">The work.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="now">The present. A server goes by its own clock instead: those of several machines differ.</param>
    /// <param name="length">How long the right is good from now on; ask again before.</param>
    /// <param name="ct">Stops the asking.</param>
    /// <returns>Whether it is the owner's now.</returns>
    Task<bool> TakeAsync(string name, string owner, DateTimeOffset now, TimeSpan length, CancellationToken ct = default);
}

/// <summary>An event to be kept.</summary>
/// <param name="EventId">The same for the same event: receivers tell repeats by it.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="Kind">For example <c>score.crossed</c>.</param>
/// <param name="Payload">JSON.</param>
/// <param name="CreatedAt">When it happened.</param>
public sealed record OutboxEvent(string EventId, string LeadId, string Kind, string Payload, DateTimeOffset CreatedAt);

/// <summary>An event that is kept.</summary>
/// <param name="Id">Its number; a lead's events are delivered in this order.</param>
/// <param name="Event">The event.</param>
/// <param name="Attempts">How often delivery failed.</param>
/// <param name="Error">What went wrong last, or null.</param>
public sealed record WaitingEvent(long Id, OutboxEvent Event, int Attempts, string? Error);
