using LeadPredict.Features.Emails;

namespace LeadPredict.Features.Profiles;

/// <summary>Which values of a column become categories: common enough, and among the commonest.</summary>
internal static class CategoryChoice
{
    /// <summary>"other", then the values kept, commonest first and by name (ordinal) where even; e-mail addresses, which are persons, never are. Spellings that differ in case are one value, named by the commonest.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, int> counts, SchemaOptions options) =>
    [
        FeatureDefinition.Other,
        .. Merged(counts)
            .Where(value => value.Count >= options.CategoryMinimumCount && !EmailAddress.Looks(value.Name))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Name, StringComparer.Ordinal)
            .Take(options.MaximumCategories)
            .Select(value => value.Name),
    ];

    /// <summary>The number of values when spellings that differ in case are one.</summary>
    public static int Distinct(IReadOnlyDictionary<string, int> counts) => Merged(counts).Count();

    private static IEnumerable<(string Name, int Count)> Merged(IReadOnlyDictionary<string, int> counts) => counts
        .GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
        .Select(spellings => (
            spellings.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key,
            spellings.Sum(pair => pair.Value)));
}
