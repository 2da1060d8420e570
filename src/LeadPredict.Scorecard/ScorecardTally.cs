using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>
/// What the rules say of one lead in numbers, used again from lead to lead, so that counting allocates nothing; <see cref="Tell"/> puts it into
/// words. Made by <see cref="ScorecardEvaluator.NewTally"/>. For one thread at a time.
/// </summary>
public sealed class ScorecardTally
{
    private readonly ScorecardDefinition _card;
    private readonly List<TallyLine> _lines = [];
    private readonly bool[] _met;
    private SuggestedStage _suggested;

    internal ScorecardTally(ScorecardDefinition card, RuleFacts facts)
    {
        _card = card;
        Facts = facts;
        _met = new bool[card.SqlCriteria.Count];
    }

    /// <summary>The total, a multiple of 0.125.</summary>
    public double Points { get; internal set; }

    /// <summary>Points of the groups demographic and company, inside their limits and before the total's.</summary>
    public double Fit { get; internal set; }

    /// <summary>Points of the groups online, email and social, inside their limits and before the total's.</summary>
    public double Engagement { get; internal set; }

    /// <summary>Fit letter and engagement digit, A1 (best) to D4.</summary>
    public string Grade => _card.Grades.Of(Fit, Engagement);

    /// <summary>The stage that the rules suggest.</summary>
    public Stage Stage => _suggested.Stage;

    internal RuleFacts Facts { get; }

    internal string? MarketingSignal { get; set; }

    internal string? SalesSignal { get; set; }

    internal int CriteriaMet { get; private set; }

    internal bool MeetsAllCriteria => _met.Length > 0 && CriteriaMet == _met.Length;

    /// <summary>Whether the lead that was counted last hits a rule of the card, however long ago: limits and decay make less of its points, not of this.</summary>
    public bool Holds(ScorecardRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.When.Holds(Facts);
    }

    /// <summary>The same in words: every item, every criterion and why.</summary>
    public ScorecardResult Tell()
    {
        var items = new ScorecardItem[_lines.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Item(_lines[i]);
        }

        var criteria = new CriterionResult[_met.Length];
        for (int i = 0; i < criteria.Length; i++)
        {
            NamedCondition criterion = _card.SqlCriteria[i];
            criteria[i] = new(criterion.Name, _met[i], _met[i] ? criterion.When.Because(Facts) : criterion.Needs);
        }

        return new(Points, Fit, Engagement, Grade, Stage, items, criteria) { Because = _suggested.Because(_card, this) };
    }

    internal void Begin()
    {
        _lines.Clear();
        MarketingSignal = SalesSignal = null;
        CriteriaMet = 0;
    }

    internal void Add(in TallyLine line) => _lines.Add(line);

    /// <summary>The points inside the limits; a line says so where they change.</summary>
    internal double Limit(double points, PointLimits limits, string group, ScorecardRule? rule = null)
    {
        double kept = limits.Apply(points);
        if (kept != points)
        {
            Add(new(group, kept - points, rule, IsLimit: true, Kept: kept));
        }

        return kept;
    }

    /// <summary>Judges criteria and exclusions, when the points are known.</summary>
    internal void Judge()
    {
        IReadOnlyList<NamedCondition> criteria = _card.SqlCriteria;
        for (int i = 0; i < _met.Length; i++)
        {
            _met[i] = criteria[i].When.Holds(Facts);
            CriteriaMet += _met[i] ? 1 : 0;
        }

        _suggested = SuggestedStage.Of(_card, this);
    }

    private ScorecardItem Item(in TallyLine line)
    {
        if (line.IsLimit)
        {
            string what = line.Rule is { } limited ? $"rule {limited.Name}" : line.Group == ScorecardEvaluator.Total ? line.Group : $"group {line.Group}";
            string end = line.Points < 0 ? "at most" : "at least";
            return new($"limit of {what}", line.Group, line.Points, $"{end} {Numbers.Write(line.Kept)} points", 0);
        }

        ScorecardRule rule = line.Rule!;
        string because = rule.When is TouchCondition touches
            ? touches.Because(Facts.Snapshot, line.Touches, line.Latest)
            : rule.When.Because(Facts);
        return new(rule.Name, line.Group, line.Points, because, line.Hits);
    }
}

/// <summary>One line of a sum in numbers.</summary>
/// <param name="Group">The group's title, or the total's.</param>
/// <param name="Points">What it adds.</param>
/// <param name="Rule">The rule, or null for the limit of a group or of the total.</param>
/// <param name="Hits">How many hits counted.</param>
/// <param name="Touches">How many touches fit, of a rule of touches.</param>
/// <param name="Latest">The latest of them (UTC ticks).</param>
/// <param name="IsLimit">Whether it is a limit that changed a sum.</param>
/// <param name="Kept">What the limit left.</param>
internal readonly record struct TallyLine(
    string Group, double Points, ScorecardRule? Rule, int Hits = 0, int Touches = 0, long Latest = 0, bool IsLimit = false, double Kept = 0);
