using LeadPredict.Features.Emails;

namespace LeadPredict.Features.Profiles;

/// <summary>Which values of a column become categories: of enough groups, and among the commonest.</summary>
internal static class CategoryChoice
{
    /// <summary>"other", then the values kept, commonest first and by name (ordinal) where even; what holds an e-mail address, which is a person's, never is one. Spellings that differ in case are one value, named by the commonest.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, ValueTally> counts, SchemaOptions options) =>
    [
        FeatureDefinition.Other,
        .. Merged(counts)
            .Where(value => value.Groups >= options.CategoryMinimumCount && !EmailAddress.IsWithin(value.Name))
            .OrderByDescending(value => value.Rows).ThenBy(value => value.Name, StringComparer.Ordinal)
            .Take(options.MaximumCategories)
            .Select(value => value.Name),
    ];

    /// <summary>The number of values when spellings that differ in case are one.</summary>
    public static int Distinct(IReadOnlyDictionary<string, ValueTally> counts) => Merged(counts).Count();

    private static IEnumerable<(string Name, int Rows, int Groups)> Merged(IReadOnlyDictionary<string, ValueTally> counts) => counts
        .GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
        .Select(spellings => (
            spellings.OrderByDescending(pair => pair.Value.Rows).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key,
            spellings.Sum(pair => pair.Value.Rows),
            spellings.Sum(pair => pair.Value.Groups)));
}
