using System.Collections.Immutable;

namespace LeadPredict.Artifacts.Format;

/// <summary>Reads and writes <c>manifest.json</c>. Only the one canonical spelling of a manifest is accepted, so no byte of it can change unseen.</summary>
internal static class ManifestCodec
{
    public static byte[] Write(Manifest manifest) => CanonicalJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion", FormatLimits.FormatVersion);
        json.WriteString("kind", manifest.Kind.ToString());
        json.WriteString("schemaFingerprint", manifest.SchemaFingerprint);
        json.WriteStartArray("files");
        foreach (ManifestEntry entry in manifest.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Name);
            json.WriteNumber("size", entry.Size);
            json.WriteString("sha256", entry.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <exception cref="ModelFormatException">The bytes are not a manifest of this format version in its canonical spelling.</exception>
    public static Manifest Read(string file, ReadOnlyMemory<byte> bytes)
    {
        JsonPlace root = JsonPlace.Parse(file, bytes);
        CheckFormatVersion(root);
        root.Object("formatVersion", "kind", "schemaFingerprint", "files");
        var entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        foreach (JsonPlace item in root.Member("files").Items(ArtifactFiles.All.Count))
        {
            item.Object("name", "size", "sha256");
            string name = item.Member("name").Text();
            if (!ArtifactFiles.All.Contains(name))
            {
                throw item.Member("name").Fault($"'{name}'", $"one of {string.Join(", ", ArtifactFiles.All)}");
            }

            if (entries.Count > 0 && string.CompareOrdinal(entries[^1].Name, name) >= 0)
            {
                throw item.Member("name").Fault($"'{name}' after '{entries[^1].Name}'", "each file once, ordered by name");
            }

            entries.Add(new(name, item.Member("size").LongInteger(), item.Member("sha256").Text()));
        }

        foreach (string required in ArtifactFiles.Required)
        {
            if (entries.All(entry => entry.Name != required))
            {
                throw root.Member("files").Fault($"no entry for {required}", $"entries for {string.Join(", ", ArtifactFiles.Required)}");
            }
        }

        Manifest manifest = new(root.Member("kind").Word<ArtifactKind>(), root.Member("schemaFingerprint").Text(), entries.ToImmutable());
        return Write(manifest).AsSpan().SequenceEqual(bytes.Span)
            ? manifest
            : throw new ModelFormatException(file, "", "a manifest that was edited after it was written", "the bytes that the publisher wrote");
    }

    /// <summary>Looked at first, so that a file of another format is told as such and not as a damaged one.</summary>
    public static void CheckFormatVersion(JsonPlace root)
    {
        if (!root.Has("formatVersion"))
        {
            throw root.Fault("no member 'formatVersion'", $"format version {FormatLimits.FormatVersion}");
        }

        int version = root.Member("formatVersion").Integer();
        if (version != FormatLimits.FormatVersion)
        {
            throw root.Member("formatVersion").Fault(
                $"format version {version}", $"{FormatLimits.FormatVersion}, the only one that this version of LeadPredict reads");
        }
    }
}
