using System.Globalization;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Scorecard.Reading;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Cells;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>Reads a recipe. Strict: what it does not know it refuses, all faults at once.</summary>
internal static class RecipeReader
{
    private const int LongestRecipe = 1 << 20;

    /// <param name="path">A file, or the name of a recipe that is shipped.</param>
    /// <param name="format">Keys of the format that stand in place of the recipe's.</param>
    /// <exception cref="RecipeException">The recipe is wrong.</exception>
    /// <exception cref="RefusalException">It is not UTF-8, or what is said in place of a key is wrong.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Recipe ReadFile(string path, IReadOnlyDictionary<string, string>? format = null)
    {
        var file = new FileInfo(path);
        if (!file.Exists && ShippedRecipes.Find(path) is { } shipped)
        {
            return Read(shipped, $"the shipped recipe {path}", format) with { IsShipped = true };
        }

        if (!file.Exists)
        {
            throw new FileNotFoundException($"there is no recipe '{path}'; shipped are {string.Join(", ", ShippedRecipes.Names)}", path);
        }

        return file.Length <= LongestRecipe
            ? Read(TextFile.Read(path), path, format)
            : throw new RecipeException(path, [new(1, 1, $"has {file.Length:N0} bytes; a recipe has at most {LongestRecipe:N0}")]);
    }

    /// <exception cref="RecipeException">The recipe is wrong.</exception>
    /// <exception cref="RefusalException">What is said in place of a key is wrong.</exception>
    public static Recipe Read(string yaml, string name, IReadOnlyDictionary<string, string>? format = null)
    {
        var faults = new RecipeFaults();
        YamlMappingNode root = Root(yaml, name);
        faults.AddUnstorable(root);
        var map = new RecipeMap(root, faults, "a recipe", "description", "format", "funnel", "files");
        map.Text("description");
        RecipeFormat read = FormatReading.Read(With(map.Mapping("format"), format ?? new Dictionary<string, string>()), faults);
        FunnelDefinition? funnel = map.Mapping("funnel") is { } steps ? Funnel(steps, read, faults) : null;
        var files = new FileReading(faults, read.Ids);
        FileRecipe[] entries = [.. map.Mappings("files", required: true).Select(files.Read).OfType<FileRecipe>()];
        if (map.Has("files") && entries.Length == 0)
        {
            faults.Add(map.Value("files")!, "'files' is empty; expected at least one file");
        }

        faults.Demand(name);
        return new() { Name = name, Format = read, Funnel = funnel, Files = entries };
    }

    /// <summary>The format with what the command line says put over it.</summary>
    private static YamlMappingNode? With(YamlMappingNode? format, IReadOnlyDictionary<string, string> said)
    {
        if (said.Count == 0)
        {
            return format;
        }

        var both = new YamlMappingNode(format?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>());
        foreach ((string key, string value) in said)
        {
            Demand(key, value);
            both.Children[new YamlScalarNode(key)] = new YamlScalarNode(value);
        }

        return both;
    }

    private static void Demand(string key, string value)
    {
        var faults = new RecipeFaults();
        FormatReading.Read(new(new YamlScalarNode(key), new YamlScalarNode(value)), faults);
        if (faults.Problems.FirstOrDefault() is { } problem)
        {
            throw new RefusalException($"--{key}: {problem}");
        }
    }

    private static YamlMappingNode Root(string yaml, string name)
    {
        try
        {
            return BoundedYaml.Load(yaml).Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new RecipeException(name, [new(1, 1, "is not a recipe; expected one YAML document with the keys format, funnel, files")]);
        }
        catch (YamlException fault)
        {
            throw new RecipeException(name, [new(fault.Start.Line, fault.Start.Column, $"cannot be read as YAML: {fault.Message}")]);
        }
    }

    private static FunnelDefinition? Funnel(YamlMappingNode node, RecipeFormat format, RecipeFaults faults)
    {
        var map = new RecipeMap(node, faults, "funnel", "steps", "qualifyHorizonDays", "closeHorizonDays", "start");
        map.Value("steps", required: true);
        var steps = new List<Stage>();
        foreach (string word in map.Words("steps") ?? [])
        {
            if (StageWords.Find(word) is { } stage)
            {
                steps.Add(stage);
            }
            else
            {
                faults.Add(map.Value("steps")!, $"'{word}' is no stage; expected {StageWords.Expected}");
                return null;
            }
        }

        DateTimeOffset? start = null;
        if (map.Text("start") is { } text)
        {
            start = new TimeReader(format).TryRead(text, out DateTimeOffset instant) && UtcTime.IsInRange(instant) ? UtcTime.Normalize(instant) : null;
            if (start is null)
            {
                faults.Add(map.Value("start")!, string.Create(CultureInfo.InvariantCulture, $"'start' is '{text}'; expected a date such as 2025-01-31"));
            }
        }

        TimeSpan? qualify = map.Days("qualifyHorizonDays");
        TimeSpan? close = map.Days("closeHorizonDays");
        try
        {
            return map.Has("steps") ? FunnelDefinition.Create(steps, qualify, close, start) : null;
        }
        catch (ArgumentException fault)
        {
            faults.Add(map.Value("steps")!, fault.Message.Replace($" (Parameter '{fault.ParamName}')", "", StringComparison.Ordinal));
            return null;
        }
    }
}
