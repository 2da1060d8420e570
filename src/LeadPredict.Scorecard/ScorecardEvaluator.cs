using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>Applies a card to snapshots. Pure, deterministic and safe to use from many threads at once.</summary>
/// <param name="definition">The card.</param>
public sealed class ScorecardEvaluator(ScorecardDefinition definition)
{
    /// <summary>The card that is applied.</summary>
    public ScorecardDefinition Definition => definition;

    /// <summary>Points, grade, suggested stage and every item, from what the snapshot knows and nothing else.</summary>
    public ScorecardResult Evaluate(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        List<ScorecardItem> items = [];
        List<long> instants = [];
        (string? marketing, string? sales) signals = default;
        double fit = 0;
        double engagement = 0;
        foreach (ScorecardGroup group in definition.Groups)
        {
            double sum = 0;
            foreach (ScorecardRule rule in group.Rules)
            {
                instants.Clear();
                sum += Apply(rule, group.Title, snapshot, instants, items, out bool hit);
                if (hit && rule.Signal == Stage.MarketingQualified)
                {
                    signals.marketing ??= rule.Name;
                }
                else if (hit && rule.Signal == Stage.SalesQualified)
                {
                    signals.sales ??= rule.Name;
                }
            }

            double kept = Limited(sum, group.Limits, $"group {group.Title}", group.Title, items);
            fit += group.Axis == GradeAxis.Fit ? kept : 0;
            engagement += group.Axis == GradeAxis.Engagement ? kept : 0;
        }

        double points = Limited(fit + engagement, definition.TotalLimits, "total", "total", items);
        CriterionResult[] criteria = [.. definition.SqlCriteria.Select(criterion => Judge(criterion, snapshot))];
        (Stage stage, string because) = SuggestedStage.Of(definition, snapshot, points, signals.marketing, signals.sales, criteria);
        return new(points, fit, engagement, definition.Grades.Of(fit, engagement), stage, items, criteria) { Because = because };
    }

    private static double Apply(
        ScorecardRule rule, string group, Snapshot snapshot, List<long> instants, List<ScorecardItem> items, out bool hit)
    {
        double points;
        int hits;
        string because;
        if (rule.When is TouchCondition touches)
        {
            touches.Collect(snapshot, instants);
            (points, hits) = Count(rule, touches.Times, snapshot.AsOf.UtcTicks, instants);
            because = hits > 0 ? touches.Because(snapshot, instants) : "";
        }
        else
        {
            hits = rule.When.Holds(snapshot) ? 1 : 0;
            points = hits * rule.Points;
            because = hits > 0 ? rule.When.Because(snapshot) : "";
        }

        hit = hits > 0;
        points = PointScale.Round(points);
        if (!hit || (points == 0 && rule.Signal is null))
        {
            return 0;
        }

        items.Add(new(rule.Name, group, points, because, hits));
        return rule.Limit is { } limit
            ? Limited(points, new(-limit, limit), $"rule {rule.Name}", group, items)
            : points;
    }

    /// <summary>The latest hits count first, each faded by the age of its latest touch; expired touches make no hit.</summary>
    private static (double Points, int Hits) Count(ScorecardRule rule, int times, long asOf, List<long> instants)
    {
        if (rule.Decay?.ExpiresDays is { } last)
        {
            long earliest = asOf - TimeSpan.FromDays(last).Ticks;
            instants.RemoveAll(instant => instant < earliest);
        }

        int hits = Math.Min(instants.Count / times, rule.Repeats);
        double points = 0;
        for (int hit = 0; hit < hits; hit++)
        {
            TimeSpan age = TimeSpan.FromTicks(asOf - instants[instants.Count - 1 - (hit * times)]);
            points += rule.Points * (rule.Decay?.Share(age) ?? 1);
        }

        return (points, hits);
    }

    private static double Limited(double points, PointLimits limits, string what, string group, List<ScorecardItem> items)
    {
        double kept = limits.Apply(points);
        if (kept != points)
        {
            string end = kept < points ? "at most" : "at least";
            items.Add(new($"limit of {what}", group, kept - points, $"{end} {Numbers.Write(kept)} points", 0));
        }

        return kept;
    }

    private static CriterionResult Judge(NamedCondition criterion, Snapshot snapshot) => criterion.When.Holds(snapshot)
        ? new(criterion.Name, true, criterion.When.Because(snapshot))
        : new(criterion.Name, false, criterion.Needs);
}
