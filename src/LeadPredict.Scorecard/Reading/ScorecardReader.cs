using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads a whole card and tells every fault in one go.</summary>
internal sealed class ScorecardReader
{
    private readonly FaultList _faults;
    private readonly ValueReader _values;
    private readonly CardNames _names = new(new(), new());
    private readonly ConditionReader _conditions;
    private readonly RuleReader _rules;

    private ScorecardReader(string fileName)
    {
        _faults = new(fileName);
        _values = new(_faults);
        _conditions = new(_values, _names);
        _rules = new(_values, _conditions);
    }

    /// <exception cref="ScorecardFormatException">The text is not a card.</exception>
    public static ScorecardDefinition Read(string yaml, string fileName)
    {
        ScorecardFile.CheckSize(yaml, fileName);
        ScorecardReader reader = new(fileName);
        ScorecardDefinition? card = YamlTree.Read(yaml, reader._faults) is { } root ? reader.Card(yaml, root) : null;
        reader._faults.ThrowIfAny();
        return card!;
    }

    private ScorecardDefinition Card(string yaml, YamlMapping root)
    {
        MappingReader block = new(root, "the scorecard", _faults);
        int version = _values.Whole(block.Require("version", "a whole number from 1"), "version", 1, int.MaxValue) ?? 0;
        string name = _values.Text(block.Find("name"), "the card's name") ?? "";
        (bool mqlStep, bool salStep) = Steps(block.Find("steps"));
        YamlNode? mql = block.Find("mqlThreshold");
        int? threshold = _values.Whole(mql, "mqlThreshold", 1, (int)PointScale.Largest);
        if (mqlStep && mql is null)
        {
            block.Require("mqlThreshold", "a whole number of points (or steps: {mql: off})");
        }

        YamlNode? total = block.Find("totalLimits");
        PointLimits limits = _rules.ReadLimits(total, "totalLimits");
        GradeBands grades = new GradeReader(_values).Read(block.Require("grades", "fit: {A, B, C} and engagement: {1, 2, 3}"));
        IReadOnlyList<ScorecardGroup> groups = _rules.ReadGroups(block.Require("groups", "the five groups of rules"));
        IReadOnlyList<NamedCondition> criteria = Named(block.Find("sqlCriteria"), "a criterion");
        IReadOnlyList<NamedCondition> exclusions = Named(block.Find("exclude"), "an exclusion");
        block.RefuseOthers();
        ScorecardDefinition card = new(yaml)
        {
            Name = name,
            Version = version,
            MqlStep = mqlStep,
            SalStep = salStep,
            MqlThreshold = mqlStep ? threshold ?? 0 : 0,
            TotalLimits = limits,
            Grades = grades,
            Groups = groups,
            SqlCriteria = criteria,
            Exclusions = exclusions,
            Warnings = _faults.Warnings,
            Names = _names,
        };
        if (!_faults.Any)
        {
            Consistency.Check(card, root, mql, _faults);
        }

        return card;
    }

    private (bool Mql, bool Sal) Steps(YamlNode? node)
    {
        MappingReader? block = _values.Block(node, "steps");
        bool mql = _values.Truth(block?.Find("mql"), "the step mql") ?? true;
        bool sal = _values.Truth(block?.Find("sal"), "the step sal") ?? true;
        block?.RefuseOthers();
        return (mql, sal);
    }

    private List<NamedCondition> Named(YamlNode? node, string what)
    {
        List<NamedCondition> named = [];
        Dictionary<string, int> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach (YamlNode item in _values.List(node, what))
        {
            if (_values.Block(item, what) is not { } block)
            {
                continue;
            }

            string? name = RuleReader.UniqueName(_values, block, what, taken);
            YamlNode? any = block.Require("any", "a list of conditions, one of which must hold");
            IReadOnlyList<Condition>? conditions = any is null ? null : _conditions.Several(any);
            block.RefuseOthers();
            if (name is not null && conditions is not null)
            {
                named.Add(new(name, conditions.Count == 1 ? conditions[0] : new AnyCondition(conditions)));
            }
        }

        return named;
    }
}
