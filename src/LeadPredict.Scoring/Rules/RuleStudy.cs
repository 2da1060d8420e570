using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Rules;

/// <summary>A decided lead with the rules that hit it at the start.</summary>
/// <param name="At">The start.</param>
/// <param name="DecidedAt">When the outcome was certain.</param>
/// <param name="Points">The card's points.</param>
/// <param name="Hits">The rules' numbers, each once.</param>
/// <param name="Converted">What became of it.</param>
/// <param name="Group">The account's number.</param>
/// <param name="Step">What the outcome is of: 0 the way to the end, above it the way to an earlier stage. Each has a level of its own, and the rules count the same for all.</param>
public sealed record RuleRow(DateTimeOffset At, DateTimeOffset DecidedAt, double Points, ushort[] Hits, bool Converted, int Group, int Step = 0);

/// <summary>What the evidence says of a rule.</summary>
public enum RuleVerdict
{
    /// <summary>Too few leads, or no clear difference.</summary>
    DoesNothing,

    /// <summary>Leads that hit it convert more (or less) often, as its points say.</summary>
    EarnsIt,

    /// <summary>Leads that hit it convert the other way round than its points say.</summary>
    Misleads,
}

/// <summary>A rule beside the evidence.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Points">Its points for a hit.</param>
/// <param name="Hits">Decided leads that hit it.</param>
/// <param name="Converted">Of these, converted.</param>
/// <param name="Rate">Their share, or null without hits.</param>
/// <param name="RateLow">Lower end of its 95 % interval.</param>
/// <param name="RateHigh">Upper end.</param>
/// <param name="OthersRate">The share among leads that did not hit it, or null without.</param>
/// <param name="Weight">What a hit adds in log-odds were all rules fitted together.</param>
/// <param name="Verdict">What that says.</param>
public sealed record RuleFact(
    string Rule, double Points, int Hits, int Converted, double? Rate, double RateLow, double RateHigh, double? OthersRate, double Weight, RuleVerdict Verdict);

/// <summary>Holds each rule of a card against what became of the leads that hit it. Pure functions.</summary>
public static class RuleStudy
{
    /// <summary>Fewer hits say nothing.</summary>
    public const int FewestHits = 10;

    /// <summary>The facts, in the order of the rules.</summary>
    /// <param name="rules">Name and points of each rule, by number.</param>
    /// <param name="rows">Decided leads.</param>
    public static IReadOnlyList<RuleFact> Of(IReadOnlyList<(string Name, double Points)> rules, IReadOnlyList<RuleRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(rows);
        int[] hits = new int[rules.Count];
        int[] converted = new int[rules.Count];
        foreach (RuleRow row in rows)
        {
            foreach (ushort hit in row.Hits)
            {
                hits[hit]++;
                converted[hit] += row.Converted ? 1 : 0;
            }
        }

        int all = rows.Count(row => row.Converted);
        double[] weights = rows.Count == 0 || all == 0 || all == rows.Count
            ? new double[rules.Count]
            : HitRegression.Fit(rows, rules.Count, [.. Enumerable.Range(0, rules.Count).Where(rule => hits[rule] > 0)]).Weights;
        return [.. rules.Select((rule, i) => Fact(rule.Name, rule.Points, hits[i], converted[i], rows.Count - hits[i], all - converted[i], weights[i]))];
    }

    private static RuleFact Fact(string name, double points, int hits, int converted, int others, int othersConverted, double weight)
    {
        (double low, double high) = WilsonInterval.Of(converted, hits);
        double? rate = hits == 0 ? null : (double)converted / hits;
        double? othersRate = others == 0 ? null : (double)othersConverted / others;
        int direction = hits < FewestHits || othersRate is not { } base_ ? 0 : low > base_ ? 1 : high < base_ ? -1 : 0;
        RuleVerdict verdict = direction == 0 || points == 0 ? RuleVerdict.DoesNothing : direction == Math.Sign(points) ? RuleVerdict.EarnsIt : RuleVerdict.Misleads;
        return new(name, points, hits, converted, rate, low, high, othersRate, weight, verdict);
    }
}
