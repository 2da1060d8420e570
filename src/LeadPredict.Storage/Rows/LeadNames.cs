using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Storage.Rows;

/// <summary>A name that rows used: the lead it stands for, and whether that lead is known.</summary>
internal sealed class LeadName
{
    public string Name { get; set; } = "";

    public string LeadId { get; set; } = "";

    public bool Known { get; set; }

    /// <summary>When it was told that the name stands for the lead; null: it was known ever since.</summary>
    public long? ToldAt { get; set; }
}

/// <summary>What the names in a batch stand for, and which leads are known: in the store, and of the batch itself once they are added.</summary>
internal sealed class LeadNames
{
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Takes note of what the store knows.</summary>
    public void Found(IEnumerable<LeadName> names)
    {
        foreach (LeadName found in names)
        {
            if (found.Name != found.LeadId)
            {
                _aliases[found.Name] = found.LeadId;
                Tell(found.Name, found.ToldAt is { } at ? UtcTime.FromMicroseconds(at) : null);
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

    /// <summary>When it was told which lead the name stands for; null: it was known ever since.</summary>
    public DateTimeOffset? ToldAt(string name) => _told.TryGetValue(name, out DateTimeOffset at) ? at : null;

    /// <summary>Whether a name is another lead's.</summary>
    public bool IsAlias(string name) => _aliases.ContainsKey(name);

    /// <summary>Whether the lead that a name stands for is known.</summary>
    public bool IsKnown(string name) => _known.Contains(Resolve(name));

    /// <summary>Makes one of the two names an alias of the other, with all that were aliases of it.</summary>
    /// <param name="alias">The two names.</param>
    /// <param name="here">Leads that the batch itself brings; they are as good as known.</param>
    /// <returns>The alias with the lead that it stands for, or null where both are known, are one, or the first is an alias already.</returns>
    public LeadAlias? TryAlias(LeadAlias alias, IReadOnlySet<string> here)
    {
        string lead = Resolve(alias.LeadId);
        string other = alias.Merge is null ? alias.Alias : Resolve(alias.Alias);
        bool IsFree(string name) => !_known.Contains(name) && !here.Contains(name);
        if (lead == other || IsAlias(other))
        {
            return null;
        }

        if (IsFree(other))
        {
            Tell(other, ToldAt(alias.LeadId));
            return Turn(other, lead, alias.ToldAt);
        }

        return IsFree(lead) ? Turn(lead, other, alias.ToldAt) : null;
    }

    /// <summary>The merge that a sender tells of by an alias; null where it tells of none, or not both are known.</summary>
    public MergeWish? Merged(LeadAlias alias) => alias.Merge is { } told && IsKnown(alias.LeadId) && IsKnown(alias.Alias)
        ? new(MergeKind.Lead, Resolve(alias.LeadId), Resolve(alias.Alias), told.Reason)
        : null;

    private LeadAlias Turn(string name, string lead, DateTimeOffset? toldAt)
    {
        _aliases[name] = lead;
        Tell(name, toldAt);
        foreach (string other in _aliases.Where(entry => entry.Value == name).Select(entry => entry.Key).ToArray())
        {
            _aliases[other] = lead;
            Tell(other, toldAt);
        }

        return new(name, lead) { ToldAt = ToldAt(name) };
    }

    /// <summary>What a name means by way of another is known from the later of the two on.</summary>
    private void Tell(string name, DateTimeOffset? toldAt)
    {
        if (toldAt is { } at && !(ToldAt(name) >= at))
        {
            _told[name] = at;
        }
    }
}
