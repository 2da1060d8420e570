using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>Applies a card to snapshots. Pure, deterministic and safe to use from many threads at once.</summary>
/// <param name="definition">The card.</param>
public sealed class ScorecardEvaluator(ScorecardDefinition definition)
{
    internal const string Total = "total";
    private readonly (ScorecardGroup Group, ScorecardRule[] Rules)[] _groups = [.. definition.Groups.Select(group => (group, group.Rules.ToArray()))];
    private readonly SuggestedPhrases _phrases = new();
    private ScorecardTally? _spare;

    /// <summary>The card that is applied.</summary>
    public ScorecardDefinition Definition => definition;

    /// <summary>Points, grade, suggested stage and every item, from what the snapshot knows and nothing else.</summary>
    public ScorecardResult Evaluate(Snapshot snapshot)
    {
        ScorecardTally tally = Interlocked.Exchange(ref _spare, null) ?? NewTally();
        Count(snapshot, tally);
        ScorecardResult result = tally.Tell();
        _spare = tally;
        return result;
    }

    /// <summary>Room for what this card says of a lead.</summary>
    public ScorecardTally NewTally() => new(definition, definition.Names.NewFacts(), _phrases);

    /// <summary>The same as <see cref="Evaluate"/> in numbers alone; allocates nothing once the tally has grown to the size of the leads.</summary>
    /// <param name="snapshot">What was known.</param>
    /// <param name="tally">Overwritten; from <see cref="NewTally"/> of this evaluator.</param>
    public void Count(Snapshot snapshot, ScorecardTally tally)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(tally);
        tally.Facts.Turn(snapshot);
        tally.Begin();
        double fit = 0;
        double engagement = 0;
        int number = 0;
        foreach ((ScorecardGroup group, ScorecardRule[] rules) in _groups)
        {
            double sum = 0;
            foreach (ScorecardRule rule in rules)
            {
                sum += Apply(rule, number++, group.Title, tally);
            }

            double kept = tally.Limit(sum, group.Limits, group.Title);
            fit += group.Axis == GradeAxis.Fit ? kept : 0;
            engagement += group.Axis == GradeAxis.Engagement ? kept : 0;
        }

        tally.Fit = fit;
        tally.Engagement = engagement;
        tally.Points = tally.Limit(fit + engagement, definition.TotalLimits, Total);
        tally.Judge();
    }

    private static double Apply(ScorecardRule rule, int number, string group, ScorecardTally tally)
    {
        double points;
        int hits, touched = 0;
        long latest = 0;
        if (rule.When is TouchCondition touches)
        {
            List<long> instants = touches.Collect(tally.Facts);
            (points, hits) = Count(rule, touches.Times, tally.Facts.Snapshot.AsOf.UtcTicks, instants);
            (touched, latest) = hits > 0 ? (instants.Count, instants[^1]) : (0, 0);
        }
        else
        {
            hits = rule.When.Holds(tally.Facts) ? 1 : 0;
            points = hits * rule.Points;
        }

        if (hits == 0)
        {
            return 0;
        }

        if (rule.Signal == Stage.MarketingQualified)
        {
            tally.MarketingSignal ??= rule.Name;
        }
        else if (rule.Signal == Stage.SalesQualified)
        {
            tally.SalesSignal ??= rule.Name;
        }

        points = PointScale.Round(points);
        if (points == 0 && rule.Signal is null)
        {
            return 0;
        }

        tally.Add(new(group, points, rule, number, hits, touched, latest));
        return rule.OwnLimits is { } limits ? tally.Limit(points, limits, group, rule) : points;
    }

    /// <summary>The latest hits count first, each faded by the age of its latest touch; expired touches make no hit.</summary>
    private static (double Points, int Hits) Count(ScorecardRule rule, int times, long asOf, List<long> instants)
    {
        if (instants.Count == 0)
        {
            return default;
        }

        if (rule.Decay?.ExpiresDays is { } last)
        {
            long earliest = asOf - TimeSpan.FromDays(last).Ticks;
            int expired = 0;
            while (expired < instants.Count && instants[expired] < earliest)
            {
                expired++;
            }

            instants.RemoveRange(0, expired);
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
}
