using System.Runtime.InteropServices;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>
/// What the rules say of one lead in numbers, used again from lead to lead, so that counting allocates nothing; <see cref="Tell()"/> puts it into
/// words. Made by <see cref="ScorecardEvaluator.NewTally"/>. For one thread at a time.
/// </summary>
public sealed class ScorecardTally
{
    private readonly ScorecardDefinition _card;
    private readonly SuggestedPhrases _phrases;
    private readonly List<TallyLine> _lines = [];
    private readonly bool[] _met;
    private SuggestedStage _suggested;
    private Phrase? _because;

    internal ScorecardTally(ScorecardDefinition card, RuleFacts facts, SuggestedPhrases phrases)
    {
        _card = card;
        _phrases = phrases;
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

    /// <summary>Every rule that gave or took points, every limit that changed a sum, in the order of the card.</summary>
    public ReadOnlySpan<TallyLine> Lines => CollectionsMarshal.AsSpan(_lines);

    /// <summary>Of each criterion of sales qualification, in the order of the card, whether it holds.</summary>
    public ReadOnlySpan<bool> Met => _met;

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
            items[i] = Tell(_lines[i]);
        }

        var criteria = new CriterionResult[_met.Length];
        for (int i = 0; i < criteria.Length; i++)
        {
            NamedCondition criterion = _card.SqlCriteria[i];
            criteria[i] = new(criterion.Name, _met[i], _met[i] ? criterion.When.Because(Facts) : criterion.Needs);
        }

        return new(Points, Fit, Engagement, Grade, Stage, items, criteria) { Because = Because().Text };
    }

    /// <summary>A line in words.</summary>
    public ScorecardItem Tell(in TallyLine line)
    {
        if (!line.IsLimit)
        {
            string because = line.Rule!.When is TouchCondition touches
                ? touches.Because(Facts.Snapshot, line.Touches, line.Latest)
                : line.Rule.When.Because(Facts);
            return new(line.Rule.Name, line.Group, line.Points, because, line.Hits);
        }

        string what = line.Rule is { } limited ? $"rule {limited.Name}" : line.Group == ScorecardEvaluator.Total ? line.Group : $"group {line.Group}";
        string end = line.Points < 0 ? "at most" : "at least";
        return new($"limit of {what}", line.Group, line.Points, $"{end} {Numbers.Write(line.Kept)} points", 0);
    }

    /// <summary>What in the history made a rule give or take points.</summary>
    /// <param name="line">Not a limit's.</param>
    public PhraseParts Because(scoped in TallyLine line) => line.Rule!.When is TouchCondition touches
        ? touches.Say(Facts.Snapshot, line.Touches, line.Latest)
        : line.Rule.When.Say(Facts);

    /// <summary>The evidence of a criterion that holds.</summary>
    /// <param name="criterion">Its place in the card.</param>
    public PhraseParts Because(int criterion) => _card.SqlCriteria[criterion].When.Say(Facts);

    /// <summary>Why the rules suggest <see cref="Stage"/>, in a sentence.</summary>
    public Phrase Because() => _because ??= _phrases.Of(_suggested, _card, this);

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
        _because = null;
    }
}
