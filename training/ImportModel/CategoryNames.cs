using System.Text.Json;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.ImportModel;

/// <summary>The file of <c>--categories</c>: an object with an array of names for each categorical column.</summary>
internal static class CategoryNames
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>>? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            Dictionary<string, string[]>? names = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllBytes(path));
            if (names is not null && names.Values.All(list => list is not null && list.All(name => name is not null)))
            {
                return names.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.Ordinal);
            }
        }
        catch (JsonException fault)
        {
            throw new RefusalException($"{path}: {fault.Message} {Expected}", fault);
        }

        throw new RefusalException($"{path}: found null; {Expected}");
    }

    private const string Expected = "Expected one object such as { \"channel\": [\"ads\", \"search\"] }.";
}
