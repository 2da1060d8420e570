using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Testing;

/// <summary>Builds one lead's history. Times are days from <see cref="Day.Zero"/>; rows without a recorded time were known at once.</summary>
/// <remarks>Identifiers count up per lead (<c>lead-1/t3</c>), so the same calls give the same history.</remarks>
public sealed class LeadBuilder
{
    private readonly List<Touch> _touches = [];
    private readonly List<AttributeChange> _attributes = [];
    private readonly List<StageTransition> _transitions = [];
    private readonly List<Outcome> _outcomes = [];
    private Lead _lead;

    public LeadBuilder(string id = "lead-1", double created = 0, double? recorded = null, string? account = null) => _lead = new()
    {
        Id = id,
        AccountId = account,
        CreatedAt = Day.At(created),
        RecordedAt = Day.At(recorded ?? created),
    };

    public LeadBuilder From(string source)
    {
        _lead = _lead with { Source = source };
        return this;
    }

    public LeadBuilder Has(string name, AttributeValue value, double? at = null, double? recorded = null)
    {
        DateTimeOffset occurred = at is { } day ? Day.At(day) : _lead.CreatedAt;
        _attributes.Add(new()
        {
            LeadId = _lead.Id,
            Name = name,
            Value = value,
            OccurredAt = occurred,
            RecordedAt = recorded is { } known ? Day.At(known) : occurred,
        });
        return this;
    }

    public LeadBuilder Has(string name, string text, double? at = null, double? recorded = null) =>
        Has(name, AttributeValue.Of(text), at, recorded);

    public LeadBuilder Has(string name, double number, double? at = null, double? recorded = null) =>
        Has(name, AttributeValue.Of(number), at, recorded);

    public LeadBuilder Has(string name, bool value, double? at = null, double? recorded = null) =>
        Has(name, AttributeValue.Of(value), at, recorded);

    public LeadBuilder Touched(string type, double at, double? recorded = null, params (string Name, string Text)[] properties)
    {
        _touches.Add(new()
        {
            Id = $"{_lead.Id}/t{_touches.Count + 1}",
            LeadId = _lead.Id,
            Type = type,
            OccurredAt = Day.At(at),
            RecordedAt = Day.At(recorded ?? at),
            Properties = properties.ToDictionary(
                property => property.Name, property => AttributeValue.Of(property.Text), StringComparer.OrdinalIgnoreCase),
        });
        return this;
    }

    public LeadBuilder Enters(Stage stage, double at, double? recorded = null, string? actor = null, string? reason = null)
    {
        _transitions.Add(new()
        {
            Id = $"{_lead.Id}/s{_transitions.Count + 1:D3}",
            LeadId = _lead.Id,
            To = stage,
            OccurredAt = Day.At(at),
            RecordedAt = Day.At(recorded ?? at),
            Actor = actor,
            Reason = reason,
        });
        return this;
    }

    public LeadBuilder Closes(bool won, double at, decimal? amount = null, double? recorded = null)
    {
        _outcomes.Add(new()
        {
            Id = $"{_lead.Id}/o{_outcomes.Count + 1}",
            LeadId = _lead.Id,
            Won = won,
            Amount = amount,
            Currency = amount is null ? null : "EUR",
            OccurredAt = Day.At(at),
            RecordedAt = Day.At(recorded ?? at),
        });
        return this;
    }

    /// <summary>The lead's history.</summary>
    public LeadHistory Build() => new(_lead, _touches, _attributes, _transitions, _outcomes);

    /// <summary>An account history of this lead alone.</summary>
    public AccountHistory BuildAlone() => new(null, [Build()]);
}
