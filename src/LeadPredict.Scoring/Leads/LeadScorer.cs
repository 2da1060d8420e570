using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Learning.Calibration;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Scoring.Leads;

/// <summary>Scores leads: one scorer for the service, the console and the reports, so that they cannot disagree.</summary>
/// <remarks>As thread-safe as its engine, which is not at all. Equal histories and instants give equal bits.</remarks>
/// <param name="engine">An engine over a funnel model.</param>
public sealed class LeadScorer(PredictionEngine engine)
{
    /// <summary>Scores a lead as it was known at an instant.</summary>
    /// <param name="account">The account with all its leads.</param>
    /// <param name="lead">One of them.</param>
    /// <param name="asOf">The instant; rows that happened or were recorded at it or later are ignored and named in the warnings.</param>
    /// <param name="reasons">Whether to tell the reasons, which take longer than the score itself.</param>
    /// <exception cref="LeadNotKnownException">The lead was created or recorded at that instant or later.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside 1970 to 2200.</exception>
    /// <exception cref="InvalidOperationException">The model is of a table.</exception>
    public LeadScore Score(AccountHistory account, LeadHistory lead, DateTimeOffset asOf, bool reasons = true)
    {
        ArgumentNullException.ThrowIfNull(lead);
        asOf = UtcTime.Normalize(asOf);
        DateTimeOffset knownFrom = lead.Lead.CreatedAt > lead.Lead.RecordedAt ? lead.Lead.CreatedAt : lead.Lead.RecordedAt;
        if (knownFrom >= asOf)
        {
            throw new LeadNotKnownException(knownFrom, asOf);
        }

        Snapshot snapshot = engine.Cut(account, lead, asOf);
        if (ProfilingObjection.IsRaised(lead))
        {
            return Abstain(snapshot);
        }

        ChainPrediction prediction = engine.Predict(snapshot);
        FunnelDefinition funnel = engine.Model.Funnel!;
        bool decided = prediction.Undecided is null;
        ScorecardScore? rules = Rules(snapshot, decided);
        LeadProbabilities probabilities = new(prediction.Sql, prediction.CloseGivenSql, prediction.Close);
        int score = decided
            ? (int)(100 * prediction.Final.Value)
            : ScorePercentile.Of(engine.Model.ScoreQuantiles, prediction.Final.Value);
        double? start = null;
        IReadOnlyList<ScoreReason> told = [];
        if (reasons && prediction.Undecided is { } link)
        {
            (start, told) = ReasonBuilder.Of(engine, link, prediction.RawScore);
        }

        return new()
        {
            LeadId = lead.Lead.Id,
            AsOf = asOf,
            Stage = snapshot.Stage,
            Model = new(engine.Model.Name, engine.Model.Version, engine.Model.Hash),
            Probabilities = probabilities,
            Score = score,
            Grade = ScoreGrade.Of(score),
            Scorecard = rules,
            Agreement = Agreements.Of(prediction.Final, rules?.Probability),
            Next = NextStepAdvisor.Of(snapshot.Stage, score, probabilities, rules),
            ReasonsOf = reasons ? prediction.Undecided : null,
            RawScore = decided ? null : prediction.RawScore,
            BaseValue = start,
            Reasons = told,
            ReasonsMethod = ReasonBuilder.Method,
            Abstained = snapshot.Stage is Stage.Lost or Stage.Disqualified,
            Warnings = ScoreWarnings.Of(lead, snapshot, funnel, rules is not null),
        };
    }

    private LeadScore Abstain(Snapshot snapshot)
    {
        const string because = "the person objects to being profiled";
        return new()
        {
            LeadId = snapshot.Lead.Id,
            AsOf = snapshot.AsOf,
            Stage = snapshot.Stage,
            Model = new(engine.Model.Name, engine.Model.Version, engine.Model.Hash),
            Probabilities = new(null, null, null),
            Score = 0,
            Grade = ScoreGrade.Of(0),
            Scorecard = null,
            Agreement = Agreement.NotCompared,
            Next = new(snapshot.Stage, "decide without a score", "sales development", because),
            ReasonsOf = null,
            RawScore = null,
            BaseValue = null,
            Reasons = [],
            ReasonsMethod = ReasonBuilder.Method,
            Abstained = true,
            AbstainedBecause = because,
            Warnings = ["No score: " + because + "."],
        };
    }

    private ScorecardScore? Rules(Snapshot snapshot, bool decided)
    {
        if (engine.Compiled.Scorecard is not { } scorecard || engine.Tally is not { } tally)
        {
            return null;
        }

        scorecard.Count(snapshot, tally);
        ScorecardResult result = tally.Tell();
        CalibrationCurve? curve = engine.Model.Funnel!.Close is null ? engine.Model.ScorecardSqlCurve : engine.Model.ScorecardCloseCurve;
        return new(
            scorecard.Definition.Version,
            result.Points,
            result.Fit,
            result.Engagement,
            result.Grade,
            result.Stage,
            result.Because,
            decided ? null : curve?.Probability(result.Points),
            Points(result.Items),
            Criteria(result.SqlCriteria));
    }

    private static ScorecardPoint[] Points(IReadOnlyList<ScorecardItem> items)
    {
        var points = new ScorecardPoint[items.Count];
        for (int i = 0; i < points.Length; i++)
        {
            ScorecardItem item = items[i];
            points[i] = new(item.Rule, item.Group, item.Points, item.Because, item.Hits);
        }

        return points;
    }

    private static ScorecardCriterion[] Criteria(IReadOnlyList<CriterionResult> results)
    {
        var criteria = new ScorecardCriterion[results.Count];
        for (int i = 0; i < criteria.Length; i++)
        {
            criteria[i] = new(results[i].Name, results[i].Met, results[i].Because);
        }

        return criteria;
    }
}
