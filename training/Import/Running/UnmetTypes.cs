using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Running;

/// <summary>Names to which a recipe gives a type, and which no change in any of the files of an entry has.</summary>
internal sealed class UnmetTypes
{
    private readonly List<(FileRecipe Entry, HashSet<string> Names)> _entries = [];

    /// <summary>One note for each entry of the recipe, in its order.</summary>
    public IEnumerable<string> Notes => _entries.Where(entry => entry.Names.Count > 0)
        .Select(entry => $"{entry.Entry.Pattern}: 'types' says {string.Join(", ", entry.Names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}, which no change is called");

    /// <summary>Adds what one of the entry's files lacks.</summary>
    public void Add(FileRecipe entry, HashSet<string> unmet)
    {
        int place = _entries.FindIndex(known => ReferenceEquals(known.Entry, entry));
        if (place < 0)
        {
            _entries.Add((entry, unmet));
        }
        else
        {
            _entries[place].Names.IntersectWith(unmet);
        }
    }
}
