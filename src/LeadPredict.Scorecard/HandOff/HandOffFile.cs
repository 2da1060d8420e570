using System.Text;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Scorecard.Reading;

namespace LeadPredict.Scorecard.HandOff;

/// <summary>The YAML file in which marketing and sales keep their definitions.</summary>
public static class HandOffFile
{
    private const string DefaultName = "default-handoff.yaml";
    private static readonly Lazy<string> LazyText = new(ReadDefault);
    private static readonly Lazy<HandOffDefinition> LazyDefault = new(() => Parse(LazyText.Value, DefaultName, lowest: 0));

    /// <summary>Version 0: what is in force until a team adopts definitions of its own.</summary>
    public static HandOffDefinition Default => LazyDefault.Value;

    /// <summary>The text of <see cref="Default"/>.</summary>
    public static string DefaultYaml => LazyText.Value;

    /// <summary>Reads definitions.</summary>
    /// <param name="yaml">The text; at most 1 MB as UTF-8.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <exception cref="ScorecardFormatException">The text is not such a file; every fault is listed with line, column, what was found and what was expected.</exception>
    public static HandOffDefinition Parse(string yaml, string fileName) => Parse(yaml, fileName, lowest: 1);

    /// <summary>Reads a file in UTF-8.</summary>
    /// <exception cref="ScorecardFormatException">As <see cref="Parse(string, string)"/>, and when the file is over 1 MB or not UTF-8.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static string Read(string path) => ScorecardFile.Read(path);

    private static HandOffDefinition Parse(string yaml, string fileName, int lowest)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ScorecardFile.CheckSize(yaml, fileName);
        var faults = new FaultList(fileName);
        HandOffDefinition? read = YamlTree.Read(yaml, faults) is { } root ? new HandOffReader(faults).Read(root, lowest) : null;
        faults.ThrowIfAny();
        return read!;
    }

    private static string ReadDefault()
    {
        using Stream stream = typeof(HandOffFile).Assembly.GetManifestResourceStream(DefaultName)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
