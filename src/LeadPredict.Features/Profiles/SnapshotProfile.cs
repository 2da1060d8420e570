using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Profiles;

/// <summary>Learns the schema of snapshots from the training ones, streaming. Not safe on several threads.</summary>
public sealed class SnapshotProfile
{
    private readonly SchemaOptions _options;
    private readonly Dictionary<string, ColumnProfile> _attributes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ColumnProfile _sources;
    private readonly TouchProfile _touches;
    private readonly PropertyMarks _marks;
    private readonly bool _isPart;
    private readonly int[] _stages = new int[Enum.GetValues<Stage>().Length];
    private readonly int[] _entered = new int[Enum.GetValues<Stage>().Length];
    private int _withColleagues;
    private int _rows;
    private string? _account;
    private int _accounts;

    /// <summary>Begins with no snapshots.</summary>
    /// <param name="options">Default: <see cref="SchemaOptions"/> as it is.</param>
    public SnapshotProfile(SchemaOptions? options = null)
        : this(options ?? new(), new(), isPart: false)
    {
    }

    private SnapshotProfile(SchemaOptions options, PropertyMarks marks, bool isPart)
    {
        _options = options;
        _marks = marks;
        _isPart = isPart;
        _sources = Column();
        _touches = isPart ? new(marks, int.MaxValue) : new(marks);
    }

    /// <summary>
    /// Whether an attribute could be learnt from, as its name tells: not one of blanks alone, the objection to profiling, the state at the time of an export, or what is personal, unless the schema
    /// makes something of it, as of an e-mail address.
    /// </summary>
    public static bool MayLearn(string attribute, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        ArgumentNullException.ThrowIfNull(schema);
        return !(IsNone(attribute) || ColumnNames.IsState(attribute, history: true) || ColumnNames.IsPersonal(attribute))
            || schema.Features.Any(feature => string.Equals(feature.Group, attribute, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Adds a training snapshot. Those of one account, or of one lead without, come one after the other.</summary>
    public void Observe(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _rows++;
        string account = snapshot.Lead.AccountId ?? snapshot.Lead.Id;
        _accounts += account == _account ? 0 : 1;
        _account = account;
        foreach ((string name, AttributeValue value) in snapshot.Attributes)
        {
            if (!_attributes.TryGetValue(name, out ColumnProfile? profile))
            {
                if (IsNone(name))
                {
                    continue;
                }

                _attributes.Add(name, profile = Column());
            }

            profile.ObserveOf(_accounts, value);
        }

        _sources.ObserveOf(_accounts, snapshot.Lead.Source is { } source ? AttributeValue.Of(source) : AttributeValue.Missing);
        _touches.Observe(snapshot.Touches, _accounts);
        _stages[(int)snapshot.Stage]++;
        int entered = 0;
        for (int i = 0; i < snapshot.Transitions.Count; i++)
        {
            int stage = (int)snapshot.Transitions[i].To;
            _entered[stage] += (entered & (1 << stage)) == 0 ? 1 : 0;
            entered |= 1 << stage;
        }

        _withColleagues += snapshot.HasColleagues ? 1 : 0;
    }

    /// <summary>Begins a profile for some of the snapshots, to be added here: so that several threads learn one schema.</summary>
    /// <remarks>It counts every text that comes, so it is for as many snapshots as their texts may lie in memory.</remarks>
    public SnapshotProfile BeginPart() => new(_options, _marks, isPart: true);

    /// <summary>Does what adding a part needs done first, on the part's own thread; nothing is observed after that.</summary>
    public void Settle()
    {
        foreach (ColumnProfile profile in _attributes.Values)
        {
            profile.Settle();
        }

        _sources.Settle();
    }

    /// <summary>Adds the snapshots of a part. Parts added in order give what their snapshots observed in that order would.</summary>
    /// <param name="part">From <see cref="BeginPart"/>.</param>
    public void Add(SnapshotProfile part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Settle();
        _rows += part._rows;
        foreach ((string name, ColumnProfile later) in part._attributes)
        {
            if (!_attributes.TryGetValue(name, out ColumnProfile? profile))
            {
                _attributes.Add(name, profile = Column());
            }

            profile.Add(later);
        }

        _sources.Add(part._sources);
        _touches.Add(part._touches);
        for (int stage = 0; stage < _stages.Length; stage++)
        {
            _stages[stage] += part._stages[stage];
            _entered[stage] += part._entered[stage];
        }

        _withColleagues += part._withColleagues;
    }

    /// <summary>The schema of the snapshots so far: attributes by name, then source, touches, stages and account.</summary>
    /// <exception cref="FeatureSchemaException">There are none.</exception>
    public SchemaDraft Build()
    {
        if (_rows == 0)
        {
            throw new FeatureSchemaException("no snapshots to learn a schema from; expected at least one");
        }

        SchemaDrafting drafting = new(_options);
        ColumnDecision decision = new(_options, _rows, history: true);
        foreach ((string name, ColumnProfile profile) in _attributes.OrderBy(attribute => attribute.Key, StringComparer.OrdinalIgnoreCase))
        {
            drafting.Add(name, decision, profile);
        }

        foreach (FeatureDefinition feature in SourceFeatures().Concat(_touches.Features(_options)).Concat(StageFeatures())
            .Concat(AccountFeatures()))
        {
            drafting.Add(feature);
        }

        return drafting.Finish(SchemaMode.History, _rows);
    }

    private IEnumerable<FeatureDefinition> SourceFeatures()
    {
        IReadOnlyList<string> categories = CategoryChoice.Of(_sources.Counts, _options);
        if (categories.Count > 1)
        {
            yield return new() { Name = "source", Group = "source", Kind = FeatureKind.Categorical, Categories = categories, Source = new LeadSource() };
        }
    }

    private IEnumerable<FeatureDefinition> StageFeatures()
    {
        yield return Number("lead_age_days", "stage", new LeadAge());
        yield return Number("days_in_stage", "stage", new TimeInStage());
        string[] stages = [FeatureDefinition.Other, .. Enum.GetValues<Stage>().Where(stage => _stages[(int)stage] >= _options.MinimumCount)
            .Select(stage => stage.ToString())];
        if (stages.Length > 1)
        {
            yield return new() { Name = "stage", Group = "stage", Kind = FeatureKind.Categorical, Categories = stages, Source = new CurrentStage() };
        }

        foreach ((Stage from, Stage to, string name) in new[]
        {
            (Stage.Lead, Stage.MarketingQualified, "days_to_mql"),
            (Stage.MarketingQualified, Stage.SalesAccepted, "days_mql_to_sal"),
            (Stage.MarketingQualified, Stage.SalesQualified, "days_mql_to_sql"),
            (Stage.SalesQualified, Stage.Opportunity, "days_sql_to_opportunity"),
        })
        {
            if (Entered(to))
            {
                yield return Number(name, "velocity", new StageVelocity(from, to));
            }
        }

        if (Entered(Stage.MarketingQualified))
        {
            yield return Number("earlier_mql_episodes", "earlier episodes", new EarlierEntries(Stage.MarketingQualified));
        }

        if (Entered(Stage.Recycled))
        {
            yield return Number("times_recycled", "earlier episodes", new EarlierEntries(Stage.Recycled));
        }
    }

    private IEnumerable<FeatureDefinition> AccountFeatures() => _withColleagues < _options.MinimumCount
        ? []
        :
        [
            Number("account_known_leads", "account", new AccountActivity(AccountMeasure.KnownLeads)),
            Number("account_touches_30d", "account", new AccountActivity(AccountMeasure.Touches30)),
            Number("account_touches_90d", "account", new AccountActivity(AccountMeasure.Touches90)),
            Number("account_reached_sql", "account", new AccountActivity(AccountMeasure.ReachedSql)),
            Number("account_won", "account", new AccountActivity(AccountMeasure.Won)),
            Number("account_lost", "account", new AccountActivity(AccountMeasure.Lost)),
        ];

    /// <summary>Whether no feature is ever made of an attribute: one with a blank name, or the objection to profiling.</summary>
    private static bool IsNone(string attribute) => string.IsNullOrWhiteSpace(attribute) || ProfilingObjection.Is(attribute);

    private ColumnProfile Column() => _isPart ? new(int.MaxValue, puttingOff: true) : new();

    private bool Entered(Stage stage) => _entered[(int)stage] >= _options.MinimumCount;

    private static FeatureDefinition Number(string name, string group, FeatureSource source) =>
        new() { Name = name, Group = group, Kind = FeatureKind.Numeric, Source = source };
}
