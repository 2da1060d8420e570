namespace LeadPredict.Funnel.Measures;

/// <summary>Which groups a report tells by name; the rest is one group.</summary>
internal static class ToldGroups
{
    /// <summary>How the rest is called.</summary>
    public const string AllOthers = "(all others)";

    /// <summary>More groups than this are read by nobody.</summary>
    public const int Most = 24;

    /// <summary>Parts groups, in their order, into those that are told and the rest.</summary>
    /// <param name="groups">The groups, the first to be told first.</param>
    /// <param name="name">A group's name.</param>
    /// <param name="size">How many are in it.</param>
    /// <param name="fewest">How many must be in a group that is told; that of which nothing is known names nobody, and is told however small.</param>
    public static (IReadOnlyList<TGroup> Told, IReadOnlyList<TGroup> Others) Part<TGroup>(
        IEnumerable<TGroup> groups, Func<TGroup, string> name, Func<TGroup, int> size, int fewest)
    {
        ILookup<bool, TGroup> all = groups.ToLookup(group => size(group) >= fewest || name(group) == SegmentNames.NotKnown);
        return ([.. all[true].Take(Most)], [.. all[true].Skip(Most), .. all[false]]);
    }
}
