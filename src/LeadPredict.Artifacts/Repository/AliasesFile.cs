using LeadPredict.Artifacts.Format;

namespace LeadPredict.Artifacts.Repository;

/// <summary>Reads and writes <c>aliases.json</c>. It is only ever replaced whole.</summary>
internal static class AliasesFile
{
    public const string Name = "aliases.json";

    public static byte[] Write(ModelAliases aliases) => CanonicalJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion", FormatLimits.FormatVersion);
        foreach ((string name, int? version) in new[] { ("champion", aliases.Champion), ("challenger", aliases.Challenger) })
        {
            if (version is { } known)
            {
                json.WriteNumber(name, known);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        NumberArrays.Write(json, "previousChampions", aliases.PreviousChampions.Select(version => (long)version));
        json.WriteEndObject();
    });

    /// <exception cref="ModelFormatException">The bytes are not such a file.</exception>
    public static ModelAliases Read(string file, ReadOnlyMemory<byte> bytes)
    {
        JsonPlace root = JsonPlace.Parse(file, bytes);
        ManifestCodec.CheckFormatVersion(root);
        root.Object("formatVersion", "champion", "challenger", "previousChampions");
        return new(
            root.Optional("champion") is { } champion ? Version(champion) : null,
            root.Optional("challenger") is { } challenger ? Version(challenger) : null,
            [.. root.Member("previousChampions").Items(ModelAliases.HistoryLength).Select(Version)]);
    }

    private static int Version(JsonPlace place) => place.Integer() is var version && version >= 1
        ? version
        : throw place.Fault($"version {version}", "a version from 1");
}
