using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>Which touches are meant: of one of the types, with properties that all pass.</summary>
internal sealed class TouchPattern
{
    private readonly (string Property, ValueTest Test)[] _where;
    private readonly double? _withinDays;
    private readonly string _description;
    private readonly int[] _numbers;
    private readonly bool[] _isMeant;

    /// <param name="types">The types; empty stands for any.</param>
    /// <param name="where">What is asked of the properties; a property that is not there is missing.</param>
    /// <param name="withinDays">In the first pattern of a condition the lookback from AsOf, in an <c>after</c> the longest gap to the later touch; null for no bound.</param>
    /// <param name="numbers">The numbers of the card's types; those of this pattern are added.</param>
    public TouchPattern(IReadOnlyList<string> types, IReadOnlyList<(string Property, ValueTest Test)> where, double? withinDays, NameNumbers numbers)
    {
        _where = [.. where];
        _withinDays = withinDays;
        _numbers = [.. types.Select(numbers.Of)];
        _isMeant = new bool[_numbers.Length == 0 ? 0 : _numbers.Max() + 1];
        foreach (int number in _numbers)
        {
            _isMeant[number] = true;
        }

        Within = withinDays is { } days ? TimeSpan.FromDays(days) : null;
        _description = (types.Count == 0 ? "any touch" : string.Join(" or ", types))
            + (where.Count == 0 ? "" : $" with {string.Join(" and ", where.Select(filter => $"{filter.Property} {filter.Test.Describe()}"))}");
    }

    /// <summary>The bound's length, or null.</summary>
    public TimeSpan? Within { get; }

    /// <summary>The number of the one type that is meant; null for any type or one of several.</summary>
    public int? OnlyType => _numbers.Length == 1 ? _numbers[0] : null;

    /// <summary>Whether some touch may fit.</summary>
    public bool MayMatch(RuleFacts facts) => _numbers.Length == 0 || facts.HasTouchOf(_numbers);

    /// <summary>Whether a type is meant.</summary>
    /// <param name="type">Its number.</param>
    public bool IsOfType(int type) => _numbers.Length == 0 || ((uint)type < (uint)_isMeant.Length && _isMeant[type]);

    /// <summary>Whether a touch has the properties that are asked for.</summary>
    public bool HasProperties(Touch touch)
    {
        foreach ((string property, ValueTest test) in _where)
        {
            AttributeValue value = touch.Properties.TryGetValue(property, out AttributeValue found) ? found : default;
            if (!test.Passes(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For example <c>page_view with page is pricing</c>.</summary>
    public string Describe() => _description;

    /// <summary>For example <c>within 30 days</c>, or nothing.</summary>
    public string DescribeWindow() => _withinDays switch
    {
        null => "",
        1 => " within 1 day",
        { } days => $" within {Numbers.Write(days)} days",
    };
}
