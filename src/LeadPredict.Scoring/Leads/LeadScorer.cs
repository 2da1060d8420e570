using LeadPredict.Features;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Time;
using LeadPredict.Learning.Calibration;
using LeadPredict.Scoring.Engines;

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
    /// <param name="reasons">Whether to tell the reasons.</param>
    /// <exception cref="LeadNotKnownException">The lead was created or recorded at that instant or later.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside 1970 to 2200.</exception>
    /// <exception cref="InvalidOperationException">The model is of a table.</exception>
    public LeadScore Score(AccountHistory account, LeadHistory lead, DateTimeOffset asOf, bool reasons = true) => Fill(account, lead, asOf, reasons).Tell();

    /// <summary>The same in numbers, which the engine's next score overwrites; allocates nothing once the sheet has grown to the size of the leads.</summary>
    /// <inheritdoc cref="Score" />
    public ScoreSheet Fill(AccountHistory account, LeadHistory lead, DateTimeOffset asOf, bool reasons = true)
    {
        ArgumentNullException.ThrowIfNull(lead);
        asOf = UtcTime.Normalize(asOf);
        if (!lead.Lead.IsKnownAt(asOf))
        {
            throw new LeadNotKnownException(lead.Lead.KnownAt, asOf);
        }

        Snapshot snapshot = engine.Cut(account, lead, asOf);
        ScoreSheet sheet = engine.Sheet;
        sheet.Begin(lead.Lead.Id, asOf, snapshot.Stage);
        if (ProfilingObjection.IsRaised(lead))
        {
            sheet.Abstain("the person objects to being profiled");
            return sheet;
        }

        ChainPrediction prediction = engine.Predict(snapshot);
        Count(snapshot, sheet, decided: prediction.Undecided is null);
        sheet.Predict(prediction);
        sheet.Explain(reasons ? prediction.Undecided : null);
        ScoreWarnings.Add(sheet.Warnings, lead, snapshot, engine.Model.Funnel!, sheet.Rules is not null);
        WarnOfValues(sheet, snapshot);
        WarnOfWidth(sheet, prediction);
        return sheet;
    }

    private void WarnOfValues(ScoreSheet sheet, Snapshot snapshot)
    {
        FeatureExtractor extractor = engine.Compiled.Extractor;
        ReadOnlySpan<int> typed = extractor.TypedAttributes;
        for (int i = 0; i < typed.Length; i++)
        {
            int feature = typed[i];
            if (extractor.IsUnreadable(feature, engine.Row[feature], snapshot))
            {
                sheet.Warnings.Add(engine.Compiled.Unreadable[i]);
            }
        }
    }

    /// <summary>Of the link that reasons are told of.</summary>
    private void WarnOfWidth(ScoreSheet sheet, in ChainPrediction prediction)
    {
        if (prediction.Undecided is { } link && engine.MostNovel(link, prediction.Of(link)) is >= 0 and var feature)
        {
            sheet.Warnings.Add(engine.Compiled.Unlike(feature, isMissing: float.IsNaN(engine.Row[feature])));
        }
    }

    private void Count(Snapshot snapshot, ScoreSheet sheet, bool decided)
    {
        if (engine.Compiled.Scorecard is not { } scorecard || engine.Tally is not { } tally)
        {
            return;
        }

        scorecard.Count(snapshot, tally);
        CalibrationCurve? curve = engine.Model.Funnel!.Close is null ? engine.Model.ScorecardSqlCurve : engine.Model.ScorecardCloseCurve;
        sheet.Count(tally, decided ? null : curve?.Probability(tally.Points));
    }
}
