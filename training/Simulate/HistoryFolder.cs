using System.Text.Json;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Simulate;

/// <summary>The folder that a simulation is written to: which files it holds, and that nothing else is trodden on.</summary>
internal static class HistoryFolder
{
    public const string Accounts = "accounts.csv";
    public const string Leads = "leads.csv";
    public const string Attributes = "attributes.csv";
    public const string Touches = "touches.csv";
    public const string Transitions = "transitions.csv";
    public const string Outcomes = "outcomes.csv";
    public const string Truth = "truth.csv";
    public const string Recipe = "recipe.yaml";
    public const string Manifest = "manifest.json";
    public const string Readme = "README.md";

    private const string Expected = "expected an empty folder, a new one, or an earlier simulation's";

    private static readonly string[] Own =
        [Accounts, Leads, Attributes, Touches, Transitions, Outcomes, Truth, Recipe, Manifest, Readme];

    /// <summary>Makes the folder, or refuses one that holds anything that is not of a simulation, or may not be.</summary>
    public static void Prepare(string folder)
    {
        if (File.Exists(folder))
        {
            throw new RefusalException($"--out '{folder}' is a file; expected a folder, which is made when it is not there");
        }

        if (Directory.Exists(folder))
        {
            string[] names = [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
            string? foreign = Array.Find(
                names, name => !Own.Contains(name.EndsWith(CsvFile.Unfinished, StringComparison.Ordinal) ? name[..^CsvFile.Unfinished.Length] : name));
            if (foreign is not null)
            {
                throw new RefusalException($"--out '{folder}' holds '{foreign}', which is not of a simulation; {Expected}");
            }

            // Exports of a company have the same names.
            if (Array.Find(names, Own.Contains) is { } finished && !IsManifest(Path.Combine(folder, Manifest)))
            {
                throw new RefusalException($"--out '{folder}' holds '{finished}' and no {Manifest} that tells of a simulation, so that it may be yours; {Expected}");
            }
        }

        Directory.CreateDirectory(folder);
    }

    /// <summary>Whether a file tells of a simulation that was written to its end: it is the last that is written.</summary>
    private static bool IsManifest(string file)
    {
        try
        {
            return File.Exists(file) && JsonSerializer.Deserialize<SimulationSummary>(File.ReadAllText(file), ConsoleHost.JsonOptions) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
