using LeadPredict.Api.Pages.Shell;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scoring.Changes;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.HandOff;

namespace LeadPredict.Api.Pages.Leads;

/// <summary>One lead as its page shows it.</summary>
public sealed record LeadView
{
    /// <summary>What was known at <see cref="AsOf"/>.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>The instant it is looked at.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The score, or null without a model.</summary>
    public LeadScore? Score { get; init; }

    /// <summary>Whether the chances of <see cref="Past"/> and <see cref="Steps"/> are to close; of a model that knows no wins they are to become SQL.</summary>
    public bool IsToClose => Score?.Probabilities.Close is not null;

    /// <summary>The chance over time, after each thing that happened; empty without a model.</summary>
    public IReadOnlyList<ScorePoint> Past { get; init; } = [];

    /// <summary>What moved the score in the last 30 days, or null where there is nothing to compare.</summary>
    public ScoreChange? Change { get; init; }

    /// <summary>What would move the score most if it happened now, the strongest first.</summary>
    public IReadOnlyList<PossibleStep> Steps { get; init; } = [];

    /// <summary>What lies ahead of <see cref="AsOf"/>, in words, or null: it counts for nothing yet.</summary>
    public string? Ahead { get; init; }

    /// <summary>Under which definitions decisions were taken, by transition.</summary>
    public IReadOnlyDictionary<string, DecisionNote> Notes { get; init; } = new Dictionary<string, DecisionNote>();

    /// <summary>The definitions in force.</summary>
    public required HandOffDefinition Definitions { get; init; }

    /// <summary>All definitions.</summary>
    public required HandOffTimeline Timeline { get; init; }

    /// <summary>What the browser calls the page and keeps in its history: the company, never a lead's identifier, which may be an e-mail address.</summary>
    public string Title => Snapshot.Account is { } company && (company.Name ?? company.Domain) is { Length: > 0 } name ? "Lead of " + name : "Lead";

    /// <summary>The identifiers of the account's other leads.</summary>
    public IReadOnlyList<string> Colleagues { get; init; } = [];
}

/// <summary>The chance at one instant.</summary>
/// <param name="At">When.</param>
/// <param name="Probability">The chance.</param>
/// <param name="Grade">The grade.</param>
public sealed record ScorePoint(DateTimeOffset At, double Probability, string Grade);

/// <summary>Something that might happen next.</summary>
/// <param name="Touch">The kind of touch.</param>
/// <param name="Probability">The chance then.</param>
/// <param name="Grade">The grade then.</param>
/// <param name="Points">The rules' points then, or null.</param>
public sealed record PossibleStep(string Touch, double Probability, string Grade, double? Points);

/// <summary>Gathers what the page of a lead shows. Pure functions over an engine, which is used by one thread.</summary>
public static class LeadViews
{
    private const int MostPoints = 24;
    private const int MostSteps = 4;
    private const int MostNamed = 3;
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    // What a lead may do next that marketing and sales can bring about.
    private static readonly string[] Possible =
        ["demo_request", "pricing_request", "trial_signup", "webinar_attended", "content_download", "email_reply", "email_click", "page_view", "form_submit", "call", "meeting"];

    /// <summary>The score's past: after each row, at most 24 instants evenly spread over them, and at the end.</summary>
    public static IReadOnlyList<ScorePoint> PastOf(PredictionEngine engine, AccountHistory account, LeadHistory lead, DateTimeOffset asOf)
    {
        DateTimeOffset known = lead.Lead.KnownAt;
        DateTimeOffset[] instants = [.. lead.Touches.Cast<HistoryRow>().Concat(lead.Transitions).Concat(lead.Attributes).Concat(lead.Outcomes)
            .Select(row => row.KnownAt).Append(known)
            .Where(at => at >= known && at < asOf).Distinct().Order().Select(at => at.AddMicroseconds(1)).Where(at => at < asOf)];
        DateTimeOffset[] chosen = instants.Length <= MostPoints ? instants : [.. Enumerable.Range(0, MostPoints).Select(i => instants[i * (instants.Length - 1) / (MostPoints - 1)])];
        return
        [
            .. chosen.Append(asOf).Distinct().Select(at =>
            {
                ChainPrediction prediction = engine.Predict(Snapshot.Take(account, lead, at));
                double chance = prediction.Final.Value;
                int score = prediction.Undecided is null ? (int)(100 * chance) : ScorePercentile.Of(engine.Model.ScoreQuantiles, chance);
                return new ScorePoint(at, chance, ScoreGrade.Of(score));
            }),
        ];
    }

    /// <summary>What is not counted at an instant, in words, the next touches by name and day; null for none.</summary>
    public static string? AheadOf(LeadHistory lead, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(lead);
        Touch[] later = [.. lead.Touches.Where(touch => !Snapshot.Admits(touch, asOf))];
        int others = lead.Transitions.Cast<HistoryRow>().Concat(lead.Attributes).Concat(lead.Outcomes).Count(row => !Snapshot.Admits(row, asOf));
        string next = string.Join(", ", later.Where(touch => touch.OccurredAt >= asOf).OrderBy(touch => touch.OccurredAt).Take(MostNamed)
            .Select(touch => $"{Figure.Name(Foreign.Plain(touch.Type))} on {Figure.Day(touch.OccurredAt)}"));
        string[] said =
        [
            later.Length == 0 ? "" : NotCounted(later.Length, "touch", "touches") + (next.Length == 0 ? "." : $": {next}."),
            others == 0 ? "" : NotCounted(others, "move, outcome or attribute", "moves, outcomes or attributes") + ".",
        ];
        return string.Join(' ', said.Where(one => one.Length > 0)) is { Length: > 0 } all ? all : null;
    }

    /// <summary>What moved the score in the last 30 days; null for a lead that is not older, or decided.</summary>
    public static ScoreChange? ChangeOf(PredictionEngine engine, AccountHistory account, LeadHistory lead, DateTimeOffset asOf)
    {
        DateTimeOffset known = lead.Lead.KnownAt.AddMicroseconds(1);
        DateTimeOffset from = asOf - Window > known ? asOf - Window : known;
        if (from >= asOf)
        {
            return null;
        }

        try
        {
            return new ScoreChangeExplainer(engine.Compiled).Explain(account, lead, from, asOf);
        }
        catch (ScoreChangeException)
        {
            return null;
        }
    }

    /// <summary>Adds one touch at a time just before <paramref name="asOf"/> and scores again.</summary>
    public static IReadOnlyList<PossibleStep> StepsOf(PredictionEngine engine, AccountHistory account, LeadHistory lead, LeadScore score, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(lead);
        if (score is null || score.Abstained || score.ReasonsOf is null)
        {
            return [];
        }

        DateTimeOffset at = asOf.AddMicroseconds(-1);
        return
        [
            .. Possible.Select(type =>
            {
                var more = new LeadHistory(
                    lead.Lead,
                    lead.Touches.Append(new Touch { Id = "\u0001possible", LeadId = lead.Lead.Id, Type = type, OccurredAt = at, RecordedAt = at }),
                    lead.Attributes,
                    lead.Transitions,
                    lead.Outcomes);
                LeadScore then = new LeadScorer(engine).Score(new(account.Account, account.Leads.Select(one => one == lead ? more : one)), more, asOf);
                return new PossibleStep(type, ChanceOf(then), then.Grade!, then.Scorecard?.Points);
            })
                .Where(step => step.Probability > ChanceOf(score))
                .OrderByDescending(step => step.Probability).ThenBy(step => step.Touch, StringComparer.Ordinal)
                .Take(MostSteps),
        ];
    }

    /// <summary>The chance to close, or of the one probability that there is.</summary>
    public static double ChanceOf(LeadScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return (score.Probabilities.Close ?? score.Probabilities.Sql!.Value).Value;
    }

    private static string NotCounted(int count, string one, string many) => count == 1
        ? $"1 {one} lies ahead or was recorded later and is not counted"
        : $"{Figure.Count(count)} {many} lie ahead or were recorded later and are not counted";
}
