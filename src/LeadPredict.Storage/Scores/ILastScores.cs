using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Outbox;

namespace LeadPredict.Storage.Scores;

/// <summary>The last score of each stored lead, and which leads are due for another. Safe to use from several threads and processes.</summary>
public interface ILastScores
{
    /// <summary>
    /// Stored leads that were never scored, or last as of an earlier instant, the longest ago first, or as of one that lies further ahead than
    /// <see cref="LastScore.Skew"/>, as after a clock was set back. Those of <see cref="ChangedAsync"/> are not among them: with a change come the lead's colleagues.
    /// </summary>
    /// <param name="before">Scores as of this instant or later are not due.</param>
    /// <param name="now">The present: leads created or recorded later are not due.</param>
    /// <param name="most">At most so many, from 1.</param>
    /// <param name="leftOut">Leads that are not due whatever their scores; null for none.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<IReadOnlyList<string>> DueAsync(DateTimeOffset before, DateTimeOffset now, int most, IReadOnlySet<string>? leftOut = null, CancellationToken ct = default);

    /// <summary>Stored leads whose history changed since it was read for their last score, at most so many, from 1; like <see cref="DueAsync"/> without those that are left out or not known yet.</summary>
    Task<IReadOnlyList<string>> ChangedAsync(DateTimeOffset now, int most, IReadOnlySet<string>? leftOut = null, CancellationToken ct = default);

    /// <summary>A lead's last score, or null. Read it before the history that the next is made from: what was kept in between is noticed then.</summary>
    Task<LastScore?> FindAsync(string leadId, CancellationToken ct = default);

    /// <summary>Keeps a lead's next score, its row of the log and its events, all or none; nothing where the last is another by now, the lead's history changed, or the lead was forgotten.</summary>
    /// <param name="score">The champion's score, of whatever instant.</param>
    /// <param name="last">What <see cref="FindAsync"/> said before the lead was scored.</param>
    /// <param name="events">What is told because of it.</param>
    /// <param name="challenger">The challenger's row of the log for the same lead and instant, which is kept with it; null for none.</param>
    /// <param name="known">The history that was scored. Of a first score it tells whether it changed; null where that does not matter.</param>
    /// <param name="ct">Stops the writing.</param>
    Task<Keeping> KeepAsync(
        LoggedScore score, LastScore? last, IReadOnlyList<OutboxEvent> events, LoggedScore? challenger = null, LeadHistory? known = null, CancellationToken ct = default);
}

/// <summary>What became of a score that was to be kept.</summary>
public enum Keeping
{
    /// <summary>It is the lead's last score now.</summary>
    Kept = 0,

    /// <summary>Another was kept since the last one was read, or the lead's history changed: read and score again.</summary>
    Overtaken = 1,

    /// <summary>The lead was forgotten.</summary>
    Forgotten = 2,
}

/// <summary>What rescoring compares with.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="AsOf">The instant that the score is of.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="NextStage">The stage that the next step works toward.</param>
/// <param name="NextAction">The next step.</param>
public sealed record LastScore(string LeadId, DateTimeOffset AsOf, int Score, string NextStage, string NextAction)
{
    /// <summary>By how much the clocks of services and callers may differ: a score as of an instant no further ahead is as good as one of now.</summary>
    public static TimeSpan Skew { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the lead's history had changed when this was read; from 0, at the first score.</summary>
    public long Changes { get; init; }
}
