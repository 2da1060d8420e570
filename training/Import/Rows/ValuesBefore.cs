using System.Runtime.InteropServices;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>
/// What fields of leads were before the first change that the files tell of. A lead's row shows how it stood when it was exported: of a field that changed since,
/// it does not say what it was at the lead's creation. Whole once every file was read.
/// </summary>
internal sealed class ValuesBefore
{
    private readonly HashSet<string> _names;
    private readonly bool _hasAliases;
    private readonly Dictionary<ulong, ValueBefore> _first = [];
    private readonly Dictionary<ulong, ulong> _aliases = [];
    private readonly HashSet<ulong> _leads = [];
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    private ValuesBefore(IEnumerable<string> names, bool hasAliases)
    {
        _names = new(names, StringComparer.OrdinalIgnoreCase);
        _hasAliases = hasAliases;
    }

    /// <summary>Of the attributes that rows of leads tell from the creation on, where changes tell what they were; of others nothing is kept.</summary>
    public static ValuesBefore Of(Recipe recipe)
    {
        AttributeRecipe[] attributes = [.. recipe.Files.SelectMany(file => file.Attributes)];
        return attributes.Any(attribute => attribute.Was is not null)
            ? new(attributes.Where(attribute => attribute.IsOfCreation).Select(attribute => attribute.Name.Constant!), recipe.Files.Any(file => file.Lead?.Aliases.Count > 0))
            : new([], hasAliases: false);
    }

    /// <summary>Notes a change; of several the earliest counts, and of one instant the first.</summary>
    /// <param name="leadId">The lead.</param>
    /// <param name="name">The attribute.</param>
    /// <param name="at">When it changed.</param>
    /// <param name="was">What it was before, or null where that is not told or was nothing.</param>
    public void Note(string leadId, string name, DateTimeOffset at, string? was)
    {
        if (!_names.Contains(name))
        {
            return;
        }

        ref ValueBefore first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, Key(Lead(leadId), name), out bool known);
        if (!known || at < first.ChangedAt)
        {
            first = new(at, was is null ? null : Same(was));
        }
    }

    /// <summary>Notes a lead: its own identifier names no other.</summary>
    public void NoteLead(string leadId)
    {
        if (_hasAliases)
        {
            _leads.Add(Lead(leadId));
        }
    }

    /// <summary>Notes another name of a lead; the first lead that it was said to mean keeps it.</summary>
    public void NoteAlias(string alias, string leadId)
    {
        if (_hasAliases)
        {
            _aliases.TryAdd(Lead(alias), Lead(leadId));
        }
    }

    /// <summary>Once every file was read: what changed under another name of a lead changed of the lead.</summary>
    public void Seal()
    {
        foreach ((ulong alias, ulong lead) in _first.Count > 0 ? _aliases : [])
        {
            foreach (string name in _leads.Contains(alias) ? [] : _names)
            {
                if (_first.TryGetValue(Key(alias, name), out ValueBefore told))
                {
                    ref ValueBefore first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, Key(lead, name), out bool known);
                    first = known && first.ChangedAt <= told.ChangedAt ? first : told;
                }
            }
        }
    }

    /// <summary>What is known of a field before its first change; null where no change of it is told.</summary>
    public ValueBefore? Find(string leadId, string name) => _first.Count > 0 && _first.TryGetValue(Key(Lead(leadId), name), out ValueBefore first) ? first : null;

    private static ulong Lead(string id) => RowHash.Mix(0, id);

    private static ulong Key(ulong lead, string name) => RowHash.Mix(lead, name.ToUpperInvariant());

    /// <summary>Many leads were the same before: their text is held once.</summary>
    private string Same(string text)
    {
        if (_texts.TryGetValue(text, out string? held))
        {
            return held;
        }

        _texts.Add(text);
        return text;
    }
}

/// <summary>What a field was before its first change.</summary>
/// <param name="ChangedAt">When it changed.</param>
/// <param name="Was">What it was, or null where that is not told or was nothing.</param>
internal readonly record struct ValueBefore(DateTimeOffset ChangedAt, string? Was)
{
    /// <summary>What it was at the lead's creation; null also where it changed at that very instant, to what the change tells.</summary>
    public string? At(DateTimeOffset creation) => ChangedAt > creation ? Was : null;
}
