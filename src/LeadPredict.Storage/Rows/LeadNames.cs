namespace LeadPredict.Storage.Rows;

/// <summary>A name that rows used: the lead it stands for, and whether that lead is known.</summary>
internal sealed class LeadName
{
    public string Name { get; set; } = "";

    public string LeadId { get; set; } = "";

    public bool Known { get; set; }
}

/// <summary>What the names in a batch stand for, and which leads are known: in the store, and of the batch itself once they are added.</summary>
internal sealed class LeadNames
{
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Takes note of what the store knows.</summary>
    public void Found(IEnumerable<LeadName> names)
    {
        foreach (LeadName found in names)
        {
            if (found.Name != found.LeadId)
            {
                _aliases[found.Name] = found.LeadId;
            }

            if (found.Known)
            {
                _known.Add(found.LeadId);
            }
        }
    }

    /// <summary>Takes note of leads that the batch itself has added.</summary>
    public void Added(IEnumerable<string> leadIds) => _known.UnionWith(leadIds);

    /// <summary>The lead that a name stands for: of a name that is no alias, itself.</summary>
    public string Resolve(string name) => _aliases.GetValueOrDefault(name, name);

    /// <summary>Whether a name is another lead's.</summary>
    public bool IsAlias(string name) => _aliases.ContainsKey(name);

    /// <summary>Whether the lead that a name stands for is known.</summary>
    public bool IsKnown(string name) => _known.Contains(Resolve(name));

    /// <summary>Makes a name an alias, with all that were aliases of it.</summary>
    /// <returns>The alias with the lead that it stands for, or null where the name is taken: an alias already, a known lead, or that lead itself.</returns>
    public LeadAlias? TryAlias(LeadAlias alias)
    {
        string lead = Resolve(alias.LeadId);
        if (lead == alias.Alias || IsAlias(alias.Alias) || _known.Contains(alias.Alias))
        {
            return null;
        }

        _aliases[alias.Alias] = lead;
        foreach (string other in _aliases.Where(entry => entry.Value == alias.Alias).Select(entry => entry.Key).ToArray())
        {
            _aliases[other] = lead;
        }

        return new(alias.Alias, lead);
    }
}
