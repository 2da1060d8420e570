namespace LeadPredict.Scorecard.Proposals;

/// <summary>Points for one rule of a card, or for several that are to count as one: a lead that hits any of them gets the points once.</summary>
/// <param name="Rules">Their names; at least one, all of one group.</param>
/// <param name="Points">Whole points, not 0.</param>
public sealed record PointedRules(IReadOnlyList<string> Rules, int Points)
{
    /// <summary>What the rule is called that they become, followed by a number where the card has a rule of that name.</summary>
    public string Name => string.Join(" or ", Rules);
}
