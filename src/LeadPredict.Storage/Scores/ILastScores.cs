using LeadPredict.Storage.Outbox;

namespace LeadPredict.Storage.Scores;

/// <summary>The last score of each stored lead, and which leads are due for another. Safe to use from several threads and processes.</summary>
public interface ILastScores
{
    /// <summary>Stored leads that were never scored, or last as of an earlier instant, the longest ago first.</summary>
    /// <param name="before">Scores as of this instant or later are not due.</param>
    /// <param name="now">The present: leads created or recorded later are not due.</param>
    /// <param name="most">At most so many, from 1.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<IReadOnlyList<string>> DueAsync(DateTimeOffset before, DateTimeOffset now, int most, CancellationToken ct = default);

    /// <summary>A lead's last score, or null.</summary>
    Task<LastScore?> FindAsync(string leadId, CancellationToken ct = default);

    /// <summary>Keeps a lead's next score, its row of the log and its events, all or none; nothing where the score kept is of a later instant, or the lead was forgotten.</summary>
    /// <param name="score">The champion's score.</param>
    /// <param name="events">What is told because of it.</param>
    /// <param name="challenger">The challenger's row of the log for the same lead and instant, which is kept with it; null for none.</param>
    /// <param name="ct">Stops the writing.</param>
    /// <returns>Whether it was kept.</returns>
    Task<bool> KeepAsync(LoggedScore score, IReadOnlyList<OutboxEvent> events, LoggedScore? challenger = null, CancellationToken ct = default);
}

/// <summary>What rescoring compares with.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="AsOf">The instant that the score is of.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="NextStage">The stage that the next step works toward.</param>
/// <param name="NextAction">The next step.</param>
public sealed record LastScore(string LeadId, DateTimeOffset AsOf, int Score, string NextStage, string NextAction);
