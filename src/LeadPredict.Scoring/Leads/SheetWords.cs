using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Leads;

/// <summary>From the numbers of a sheet to what an answer says.</summary>
internal static class SheetWords
{
    public static ScorecardScore Of(ScorecardTally tally, int version, double? probability)
    {
        ScorecardResult result = tally.Tell();
        return new(
            version,
            result.Points,
            result.Fit,
            result.Engagement,
            result.Grade,
            result.Stage,
            result.Because,
            probability,
            Points(result.Items),
            Criteria(result.SqlCriteria));
    }

    public static ScoreReason[] Of(ReadOnlySpan<SheetReason> reasons, CompiledModel compiled)
    {
        var told = new ScoreReason[reasons.Length];
        for (int i = 0; i < told.Length; i++)
        {
            SheetReason reason = reasons[i];
            if (reason.Phrase is not { } phrase)
            {
                told[i] = new(ScoreReason.AllOthers, null, reason.Contribution, ScoreReason.TextOfAllOthers);
                continue;
            }

            object? shown = reason.IsShownAsSaid ? phrase.Shown : compiled.Words.Shown(reason.Feature, reason.Value);
            string text = phrase.Say(reason.Contribution > 0);
            told[i] = new(compiled.Groups.NameOf(reason.Feature), shown, reason.Contribution, text);
        }

        return told;
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
