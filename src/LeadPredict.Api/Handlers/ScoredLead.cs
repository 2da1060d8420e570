using LeadPredict.Api.ScoreLog;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Handlers;

/// <summary>A score and what it was made of.</summary>
/// <param name="Score">What is said, until the engine's next.</param>
/// <param name="Account">The account as it was read.</param>
/// <param name="Lead">The lead as it was read.</param>
/// <param name="At">The present.</param>
internal readonly record struct ScoredLead(ScoreSheet Score, AccountHistory Account, LeadHistory Lead, DateTimeOffset At);

/// <summary>What is counted and logged of a score that is given.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Row">The row of the log, or null where none is kept.</param>
/// <param name="Shadowed">What a challenger is to score, or null.</param>
internal readonly record struct GivenLead(string Model, LoggedScore? Row, ShadowedLead? Shadowed)
{
    /// <summary>The same for good.</summary>
    public GivenLead Kept() => Row is { } row ? this with { Row = row with { AnswerUtf8 = row.AnswerUtf8.ToArray() } } : this;
}
