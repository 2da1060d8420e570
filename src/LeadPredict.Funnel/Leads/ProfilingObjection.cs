namespace LeadPredict.Funnel.Leads;

/// <summary>A person's objection to being profiled: an attribute of the lead from the objection on. It is honoured in scoring and is never a feature.</summary>
/// <remarks>
/// Exports and forms say it in their own ways, so everything is one but what plainly says no: false, 0, nothing, or the words no, false, n, f or 0. To be wrong
/// the other way would be to profile a person who objects.
/// </remarks>
public static class ProfilingObjection
{
    private static readonly string[] No = ["", "no", "false", "n", "f", "0"];

    /// <summary>The attribute's name.</summary>
    public const string Attribute = "profilingObjection";

    /// <summary>Whether the person objects, as the latest change of the whole history has it: an objection holds for scores of earlier instants too.</summary>
    public static bool IsRaised(LeadHistory lead)
    {
        ArgumentNullException.ThrowIfNull(lead);
        for (int i = lead.Attributes.Count - 1; i >= 0; i--)
        {
            if (Is(lead.Attributes[i].Name))
            {
                return IsOne(lead.Attributes[i].Value);
            }
        }

        return false;
    }

    /// <summary>Whether an objection was known at an instant or recorded from it on, also one that was lifted since.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="from">The instant.</param>
    /// <param name="to">What was recorded from this instant on does not count.</param>
    public static bool WasRaised(LeadHistory lead, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(lead);
        for (int i = lead.Attributes.Count - 1; i >= 0; i--)
        {
            AttributeChange change = lead.Attributes[i];
            if (Is(change.Name) && change.RecordedAt < to && (IsOne(change.Value) || change.RecordedAt < from))
            {
                return IsOne(change.Value);
            }
        }

        return false;
    }

    /// <summary>What the person says now, as a change that counts from now on: it comes after all that was told of its objection, be that dated ahead by a clock that differs.</summary>
    public static AttributeChange SaidAt(DateTimeOffset now, LeadHistory lead, bool objects)
    {
        ArgumentNullException.ThrowIfNull(lead);
        DateTimeOffset? last = lead.Attributes.LastOrDefault(change => Is(change.Name))?.OccurredAt;
        DateTimeOffset at = last >= now ? last.Value.AddMicroseconds(1) : now;
        return new() { LeadId = lead.Lead.Id, Name = Attribute, Value = AttributeValue.Of(objects), OccurredAt = at, RecordedAt = now };
    }

    /// <summary>Whether an attribute is the objection.</summary>
    public static bool Is(string attribute) => string.Equals(attribute, Attribute, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a change of an attribute says that the person objects.</summary>
    public static bool IsRaisedBy(AttributeChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Is(change.Name) && IsOne(change.Value);
    }

    private static bool IsOne(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Boolean => value.Boolean == true,
        AttributeKind.Number => value.Number != 0,
        AttributeKind.Text => !No.Contains(value.Text!.Trim(), StringComparer.OrdinalIgnoreCase),
        _ => false,
    };
}
