namespace LeadPredict.Funnel.Leads;

/// <summary>A person's objection to being profiled: an attribute of the lead, true from the objection on. It is honoured in scoring and is never a feature.</summary>
public static class ProfilingObjection
{
    /// <summary>The attribute's name.</summary>
    public const string Attribute = "profilingObjection";

    /// <summary>Whether the person objects, as the whole history has it: an objection holds for scores of earlier instants too.</summary>
    public static bool IsRaised(LeadHistory lead)
    {
        ArgumentNullException.ThrowIfNull(lead);
        for (int i = lead.Attributes.Count - 1; i >= 0; i--)
        {
            if (Is(lead.Attributes[i].Name))
            {
                return lead.Attributes[i].Value.Boolean == true;
            }
        }

        return false;
    }

    /// <summary>Whether an attribute is the objection.</summary>
    public static bool Is(string attribute) => string.Equals(attribute, Attribute, StringComparison.OrdinalIgnoreCase);
}
