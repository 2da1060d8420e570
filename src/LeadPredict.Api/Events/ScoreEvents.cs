using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Events;

/// <summary>What changed between two scores of a lead, as events. Pure functions: the same scores give the same events with the same identifiers.</summary>
internal static class ScoreEvents
{
    public const string Crossed = "score.crossed";
    public const string NextStepChanged = "next_step.changed";
    private static readonly TimeSpan New = TimeSpan.FromDays(1);

    /// <summary>The events of a score that was given.</summary>
    /// <param name="score">The score.</param>
    /// <param name="last">The lead's score before, or null. A first score is an event for a lead of the last day alone: not for all of an import.</param>
    /// <param name="createdAt">When the lead came into being, or could be scored again.</param>
    /// <param name="thresholds">Whose crossing is an event.</param>
    public static IReadOnlyList<OutboxEvent> Of(LeadScore score, LastScore? last, DateTimeOffset createdAt, IReadOnlyList<int> thresholds)
    {
        var events = new List<OutboxEvent>();
        if (last is null && score.AsOf - createdAt > New)
        {
            return events;
        }

        int before = last?.Score ?? 0;
        int now = score.Score!.Value;
        foreach (int threshold in thresholds.Order())
        {
            bool up = before < threshold && now >= threshold;
            if (up || (before >= threshold && now < threshold))
            {
                events.Add(Event(Crossed, threshold.ToString(CultureInfo.InvariantCulture), score, last, threshold, up ? "up" : "down"));
            }
        }

        if (last is not null && (last.NextStage != score.Next.Stage.ToString() || last.NextAction != score.Next.Action))
        {
            events.Add(Event(NextStepChanged, "", score, last, null, null));
        }

        return events;
    }

    private static OutboxEvent Event(string kind, string what, LeadScore score, LastScore? last, int? threshold, string? direction)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{kind}\n{what}\n{score.LeadId}\n{UtcTime.ToMicroseconds(score.AsOf)}\n{score.Model.Hash}");
        string id = "evt_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
        ScoreEvent payload = new(
            id, kind, score.AsOf, score.LeadId, score.Stage.ToString(), score.Score!.Value, score.Grade!, last?.Score, threshold, direction, score.Next,
            last?.NextAction, score.Probabilities.Sql?.Value, score.Probabilities.Close?.Value, score.Model);
        return new(id, score.LeadId, kind, JsonSerializer.Serialize(payload, AnswerJson.Options), score.AsOf);
    }
}

/// <summary>An event as it is kept and, in the service's own form, sent.</summary>
/// <param name="Id">The same for the same event, however often it is sent.</param>
/// <param name="Type"><c>score.crossed</c> or <c>next_step.changed</c>.</param>
/// <param name="OccurredAt">The instant of the score.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="Stage">The stage it is in.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Grade">A to D.</param>
/// <param name="PreviousScore">The score before, or null.</param>
/// <param name="Threshold">What was crossed, or null.</param>
/// <param name="Direction"><c>up</c> or <c>down</c>, or null.</param>
/// <param name="Next">What to do now.</param>
/// <param name="PreviousAction">What was to be done before, or null.</param>
/// <param name="Sql">P(SQL), or null.</param>
/// <param name="Close">P(close), or null.</param>
/// <param name="Model">What scored.</param>
public sealed record ScoreEvent(
    string Id, string Type, DateTimeOffset OccurredAt, string LeadId, string Stage, int Score, string Grade, int? PreviousScore, int? Threshold,
    string? Direction, NextStep Next, string? PreviousAction, double? Sql, double? Close, ModelStamp Model);
