namespace LeadPredict.Training.Import.Recipes;

/// <summary>Recipes for the exports of common systems, as they are exported.</summary>
internal static class ShippedRecipes
{
    private const string Prefix = "recipes/";
    private const string Suffix = ".yaml";

    /// <summary>Their names, for <c>--recipe</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(ShippedRecipes).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The text of one, or null.</summary>
    public static string? Find(string name)
    {
        using Stream? stream = Names.Contains(name, StringComparer.Ordinal)
            ? typeof(ShippedRecipes).Assembly.GetManifestResourceStream(Prefix + name + Suffix)
            : null;
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
