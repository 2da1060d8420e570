using System.Collections.Frozen;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>What the conditions of one card name.</summary>
/// <param name="Attributes">Attributes of leads.</param>
/// <param name="TouchTypes">Types of touches.</param>
internal sealed record CardNames(NameNumbers Attributes, NameNumbers TouchTypes)
{
    private readonly Lazy<(FrozenDictionary<string, int> Attributes, FrozenDictionary<string, int> TouchTypes)> _final = new(() => (Attributes.Frozen(), TouchTypes.Frozen()));

    /// <summary>Room to look at snapshots with; not before the card is read.</summary>
    public RuleFacts NewFacts() => new(_final.Value.Attributes, _final.Value.TouchTypes);
}

/// <summary>Numbers the names that a card asks about, in the order in which it first names them; names compare without case. Grows while a card is read.</summary>
internal sealed class NameNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name's number, from 0.</summary>
    public int Of(string name)
    {
        if (!_numbers.TryGetValue(name, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(name, number);
        }

        return number;
    }

    /// <summary>The numbers to look up in.</summary>
    public FrozenDictionary<string, int> Frozen() => _numbers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
