using System.Runtime.InteropServices;

namespace LeadPredict.Training.Import.Rows;

/// <summary>
/// What fields of leads were before the first change that the files tell of. A lead's row shows how it stood when it was exported: of a field that changed since,
/// it does not say what it was at the lead's creation. Whole once every file was read.
/// </summary>
/// <param name="names">The attributes that rows of leads tell from the creation on; of others nothing is kept.</param>
internal sealed class ValuesBefore(IEnumerable<string> names)
{
    private readonly HashSet<string> _names = new(names, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ulong, ValueBefore> _first = [];
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

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

        ref ValueBefore first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, Key(leadId, name), out bool known);
        if (!known || at < first.ChangedAt)
        {
            first = new(at, was is null ? null : Same(was));
        }
    }

    /// <summary>What is known of a field before its first change; null where no change of it is told.</summary>
    public ValueBefore? Find(string leadId, string name) => _first.Count > 0 && _first.TryGetValue(Key(leadId, name), out ValueBefore first) ? first : null;

    private static ulong Key(string leadId, string name) => RowHash.Mix(RowHash.Mix(0, leadId), name.ToUpperInvariant());

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
