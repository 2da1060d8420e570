using System.Collections.Frozen;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>
/// The numbers of names, with those that were asked for last at hand: a few names come again and again, mostly as the same objects, which need no look
/// into the dictionary. For one thread at a time.
/// </summary>
/// <param name="numbers">The names' numbers.</param>
/// <param name="unnamed">The number of every other name.</param>
internal sealed class SeenNames(FrozenDictionary<string, int> numbers, int unnamed)
{
    private const int Places = 128;
    private readonly string?[] _names = new string?[Places];
    private readonly int[] _numbers = new int[Places];

    /// <summary>A name's number.</summary>
    public int Of(string name)
    {
        // The types of touches that every company has get places of their own.
        int place = name.Length == 0 ? 0 : ((7 * name.Length) + (11 * name[0]) + name[^1]) % Places;
        if (!ReferenceEquals(_names[place], name))
        {
            (_names[place], _numbers[place]) = (name, numbers.TryGetValue(name, out int known) ? known : unnamed);
        }

        return _numbers[place];
    }
}
