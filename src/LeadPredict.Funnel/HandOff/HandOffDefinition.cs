using System.Text.Json.Serialization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.HandOff;

/// <summary>One state of what marketing and sales agreed on: what the stages mean, which reasons there are, what each side promises. Immutable.</summary>
public sealed record HandOffDefinition
{
    /// <summary>Counts up with every change; 0 is what ships with LeadPredict.</summary>
    public required int Version { get; init; }

    /// <summary>Its name, or an empty text.</summary>
    public string Name { get; init; } = "";

    /// <summary>From when it is in force; null means from its adoption on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>What a stage means, in the words of the two sides; stages may be missing.</summary>
    public IReadOnlyDictionary<Stage, string> Stages { get; init; } = new Dictionary<Stage, string>();

    /// <summary>The reasons by action. An action with a list takes no decision without one of its reasons; an action without takes none.</summary>
    public IReadOnlyDictionary<HandOffAction, IReadOnlyList<HandOffReason>> Reasons { get; init; } =
        new Dictionary<HandOffAction, IReadOnlyList<HandOffReason>>();

    /// <summary>How many SQLs a calendar month (UTC) was promised to bring, or null when nothing was promised.</summary>
    public int? SqlsPerMonth { get; init; }

    /// <summary>Within how many hours after it became MQL sales promised the first call, or null.</summary>
    public double? FirstCallHours { get; init; }

    /// <summary>The reasons of an action; empty when it has no list.</summary>
    public IReadOnlyList<HandOffReason> ReasonsOf(HandOffAction action) => Reasons.GetValueOrDefault(action) ?? [];
}

/// <summary>A reason from the team's list.</summary>
/// <param name="Code">What is kept: lower case, digits and underscores.</param>
/// <param name="Text">What people read.</param>
/// <param name="To">Where a rejected lead goes: recycled, or disqualified; null, and not written, for other actions.</param>
public sealed record HandOffReason(string Code, string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Stage? To = null);

/// <summary>The states of the agreement over time.</summary>
/// <param name="Versions">By version, the lowest first; at least one.</param>
public sealed record HandOffTimeline(IReadOnlyList<HandOffDefinition> Versions)
{
    /// <summary>The newest that is in force at an instant; the oldest for anything earlier than all.</summary>
    public HandOffDefinition InForceAt(DateTimeOffset instant) =>
        Versions.LastOrDefault(version => version.From is null || version.From <= instant) ?? Versions[0];
}
