using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Simulate;

/// <summary>One lead while its history comes into being: rows are added, never changed.</summary>
internal sealed class SimulatedLead(Lead lead, Job job, double interest)
{
    public Lead Lead { get; } = lead;

    public string Id => Lead.Id;

    /// <summary>The job the lead holds, whether or not its title is known.</summary>
    public Job Job { get; set; } = job;

    /// <summary>How lively the lead is; about 1. Nobody sees it but by the touches it makes.</summary>
    public double Interest { get; } = interest;

    /// <summary>The stage as the teams see it.</summary>
    public Stage Stage { get; private set; } = Stage.Lead;

    /// <summary>Marketing does not look at the lead before.</summary>
    public DateTimeOffset EligibleFrom { get; set; } = lead.RecordedAt;

    /// <summary>Whether e-mail may still be sent.</summary>
    public bool Unsubscribed { get; set; }

    /// <summary>How many MQL episodes it has had, the present one included.</summary>
    public int Episodes { get; set; }

    public List<Touch> Touches { get; } = [];

    public List<AttributeChange> Attributes { get; } = [];

    public List<StageTransition> Transitions { get; } = [];

    public List<Outcome> Outcomes { get; } = [];

    /// <summary>Writes a touch down.</summary>
    public void Touch(string type, DateTimeOffset at, SimulationRandom random, string? property = null, string? value = null)
    {
        DateTimeOffset occurredAt = SimulationCalendar.WholeSeconds(at);
        var touch = new Touch
        {
            Id = FormattableString.Invariant($"{Id}-t{Touches.Count + 1}"),
            LeadId = Id,
            Type = type,
            OccurredAt = occurredAt,
            RecordedAt = RecordingDelay.OfTouch(type, occurredAt, random),
        };
        Touches.Add(property is null || value is null
            ? touch
            : touch with { Properties = new Dictionary<string, AttributeValue>(1) { [property] = AttributeValue.Of(value) } });
    }

    /// <summary>Writes down what an attribute is from an instant on.</summary>
    public void Set(string name, AttributeValue value, DateTimeOffset occurredAt, DateTimeOffset recordedAt) =>
        Attributes.Add(new AttributeChange { LeadId = Id, Name = name, Value = value, OccurredAt = occurredAt, RecordedAt = recordedAt });

    /// <summary>Moves the lead to a stage and writes it down.</summary>
    public StageTransition Move(Stage to, DateTimeOffset at, SimulationRandom random, string actor, string? reason = null)
    {
        var transition = new StageTransition
        {
            Id = FormattableString.Invariant($"{Id}-s{Transitions.Count + 1}"),
            LeadId = Id,
            To = to,
            OccurredAt = at,
            RecordedAt = RecordingDelay.OfTransition(actor.StartsWith("rule:", StringComparison.Ordinal), at, random),
            Actor = actor,
            Reason = reason,
        };
        Transitions.Add(transition);
        Stage = to;
        return transition;
    }

    /// <summary>The rows so far as history.</summary>
    public LeadHistory ToHistory() => new(Lead, Touches, Attributes, Transitions, Outcomes);
}
