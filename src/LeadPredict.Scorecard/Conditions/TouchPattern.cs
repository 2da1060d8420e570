using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>Which touches are meant: of one of the types, with properties that all pass.</summary>
/// <param name="types">The types; empty stands for any.</param>
/// <param name="where">What is asked of the properties; a property that is not there is missing.</param>
/// <param name="withinDays">In the first pattern of a condition the lookback from AsOf, in an <c>after</c> the longest gap to the later touch; null for no bound.</param>
internal sealed class TouchPattern(
    IReadOnlyList<string> types, IReadOnlyList<(string Property, ValueTest Test)> where, double? withinDays)
{
    private readonly string[] _types = [.. types];
    private readonly string _description = (types.Count == 0 ? "any touch" : string.Join(" or ", types))
        + (where.Count == 0 ? "" : $" with {string.Join(" and ", where.Select(filter => $"{filter.Property} {filter.Test.Describe()}"))}");

    /// <summary>The bound's length, or null.</summary>
    public TimeSpan? Within { get; } = withinDays is { } days ? TimeSpan.FromDays(days) : null;

    /// <summary>Whether type and properties fit; time is the condition's affair.</summary>
    public bool Matches(Touch touch) => IsOfType(touch.Type) && Filtered(touch);

    /// <summary>For example <c>page_view with page is pricing</c>.</summary>
    public string Describe() => _description;

    /// <summary>For example <c>within 30 days</c>, or nothing.</summary>
    public string DescribeWindow() => withinDays switch
    {
        null => "",
        1 => " within 1 day",
        { } days => $" within {Numbers.Write(days)} days",
    };

    private bool IsOfType(string type)
    {
        foreach (string one in _types)
        {
            if (one.Length == type.Length && string.Equals(one, type, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return _types.Length == 0;
    }

    private bool Filtered(Touch touch)
    {
        for (int i = 0; i < where.Count; i++)
        {
            AttributeValue value = touch.Properties.TryGetValue(where[i].Property, out AttributeValue found) ? found : default;
            if (!where[i].Test.Passes(value))
            {
                return false;
            }
        }

        return true;
    }
}
