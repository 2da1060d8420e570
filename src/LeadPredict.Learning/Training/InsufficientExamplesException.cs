namespace LeadPredict.Learning.Training;

/// <summary>There are too few examples of one class, or too few groups, to say anything that would hold.</summary>
public sealed class InsufficientExamplesException : LearningException
{
    /// <summary>Fewest examples of either class, and fewest groups.</summary>
    public const int Needed = 20;

    /// <summary>Creates the exception.</summary>
    /// <param name="positives">Examples that converted.</param>
    /// <param name="negatives">Examples that did not.</param>
    /// <param name="groups">Distinct groups.</param>
    public InsufficientExamplesException(int positives, int negatives, int groups)
        : base($"Found {positives} examples that converted and {negatives} that did not, in {groups} groups; training needs at least {Needed} of each. "
            + Missing(positives, negatives, groups))
    {
        Positives = positives;
        Negatives = negatives;
        Groups = groups;
    }

    /// <summary>Examples that converted.</summary>
    public int Positives { get; }

    /// <summary>Examples that did not.</summary>
    public int Negatives { get; }

    /// <summary>Distinct groups.</summary>
    public int Groups { get; }

    private static string Missing(int positives, int negatives, int groups)
    {
        var parts = new List<string>();
        Add(parts, positives, "that converted");
        Add(parts, negatives, "that did not convert");
        Add(parts, groups, "from other groups");
        return $"Missing: {string.Join(", ", parts)}. Wait for more outcomes, take in older history, or use the scorecard alone.";
    }

    private static void Add(List<string> parts, int found, string which)
    {
        if (found < Needed)
        {
            parts.Add($"{Needed - found} more {which}");
        }
    }
}
