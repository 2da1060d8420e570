using System.Globalization;
using LeadPredict.Artifacts.Format;
using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Artifacts;

public sealed partial class ModelRepository
{
    /// <summary>
    /// Every version, ordered by name (ordinal), then version. Only manifests are read; a damaged one is told in its line, and so is one that an alias names and that is not there, after
    /// the others of its name.
    /// </summary>
    /// <exception cref="ModelFolderException">The folder, or one in it, cannot be read.</exception>
    public IReadOnlyList<ModelVersionSummary> List() => [.. Names().SelectMany(List)];

    private IEnumerable<ModelVersionSummary> List(string name)
    {
        ModelAliases aliases = ModelAliases.None;
        string? aliasFault = null;
        try
        {
            aliases = Aliases(name);
        }
        catch (ModelFormatException fault)
        {
            aliasFault = fault.Message;
        }

        IReadOnlyList<int> versions = Versions(name);
        return versions.Select(version => Summarize(name, version, aliases, aliasFault)).Concat(
            new[] { aliases.Champion, aliases.Challenger }.OfType<int>().Except(versions).Select(version => new ModelVersionSummary(
                name, version, aliases.Champion == version, aliases.Challenger == version, null, null,
                string.Create(CultureInfo.InvariantCulture, $"{name}: an alias names version {version}, which is not there; copy it back, or {(version == aliases.Challenger ? "take it away with 'rollback --challenger'" : "promote another")}"))));
    }

    private ModelVersionSummary Summarize(string name, int version, ModelAliases aliases, string? aliasFault)
    {
        ModelVersionSummary summary = new(name, version, aliases.Champion == version, aliases.Challenger == version, null, null, aliasFault);
        string path = Path.Combine(VersionFolder(name, version), ArtifactFiles.Manifest);
        try
        {
            byte[] bytes = ModelFile.Read(path, FormatLimits.IndexBytes);
            return summary with { Kind = ManifestCodec.Read(path, bytes).Kind, Hash = ManifestEntry.HashOf(bytes) };
        }
        catch (ModelFormatException fault)
        {
            return summary with { Fault = fault.Message };
        }
    }
}
