using System.Collections.Immutable;
using System.Text;
using LeadPredict.Features;

namespace LeadPredict.Artifacts.Format;

/// <summary>Between a draft and the bytes of its files.</summary>
internal static class ArtifactCodec
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The files by name, the manifest among them.</summary>
    public static SortedDictionary<string, byte[]> Write(ArtifactDraft draft)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ArtifactFiles.Card] = Utf8.GetBytes(draft.Card),
            [ArtifactFiles.Metrics] = Utf8.GetBytes(draft.MetricsJson),
            [ArtifactFiles.Model] = ModelCodec.Write(draft),
            [ArtifactFiles.Schema] = Utf8.GetBytes(draft.Schema.ToJson()),
        };
        if (draft.ComparisonJson is { } comparison)
        {
            files[ArtifactFiles.Comparison] = Utf8.GetBytes(comparison);
        }

        if (draft.ScorecardYaml is { } scorecard)
        {
            files[ArtifactFiles.Scorecard] = Utf8.GetBytes(scorecard);
        }

        Manifest manifest = new(
            draft.Kind, draft.Schema.Fingerprint, [.. files.Select(file => ManifestEntry.Of(file.Key, file.Value))]);
        files[ArtifactFiles.Manifest] = ManifestCodec.Write(manifest);
        return files;
    }

    /// <summary>Reads a version whose files come from <paramref name="open"/>, checking all of them.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="path">What messages call a file.</param>
    /// <param name="open">The bytes of a file up to a limit; throws <see cref="ModelFormatException"/> when it is missing or larger.</param>
    public static ModelArtifact Read(string name, int version, Func<string, string> path, Func<string, long, byte[]> open)
    {
        byte[] manifestBytes = open(ArtifactFiles.Manifest, FormatLimits.IndexBytes);
        Manifest manifest = ManifestCodec.Read(path(ArtifactFiles.Manifest), manifestBytes);
        ImmutableDictionary<string, byte[]> files = manifest.Files.ToImmutableDictionary(
            entry => entry.Name, entry => Verified(entry, path(entry.Name), open), StringComparer.Ordinal);

        FeatureSchema schema = ReadSchema(path(ArtifactFiles.Schema), files[ArtifactFiles.Schema]);
        if (schema.Fingerprint != manifest.SchemaFingerprint)
        {
            throw new ModelFormatException(
                path(ArtifactFiles.Manifest), "/schemaFingerprint", manifest.SchemaFingerprint, $"{schema.Fingerprint}, the fingerprint of {ArtifactFiles.Schema}");
        }

        ModelCodec.Parts model = ModelCodec.Read(path(ArtifactFiles.Model), files[ArtifactFiles.Model], schema);
        if (model.Kind != manifest.Kind)
        {
            throw new ModelFormatException(path(ArtifactFiles.Manifest), "/kind", manifest.Kind.ToString(), $"{model.Kind}, the kind of {ArtifactFiles.Model}");
        }

        ArtifactDraft content = new()
        {
            Name = name,
            Kind = model.Kind,
            Funnel = model.Funnel,
            Schema = schema,
            Sql = model.Sql,
            CloseGivenSql = model.CloseGivenSql,
            Close = model.Close,
            CloseRecalibration = model.CloseRecalibration,
            ScoreQuantiles = model.ScoreQuantiles,
            ScorecardSqlCurve = model.ScorecardSqlCurve,
            ScorecardCloseCurve = model.ScorecardCloseCurve,
            ScorecardYaml = files.TryGetValue(ArtifactFiles.Scorecard, out byte[]? yaml) ? Text(path(ArtifactFiles.Scorecard), yaml) : null,
            MetricsJson = JsonText(path(ArtifactFiles.Metrics), files[ArtifactFiles.Metrics]),
            ComparisonJson = files.TryGetValue(ArtifactFiles.Comparison, out byte[]? comparison) ? JsonText(path(ArtifactFiles.Comparison), comparison) : null,
            Card = Text(path(ArtifactFiles.Card), files[ArtifactFiles.Card]),
        };
        return new(content, version, ManifestEntry.HashOf(manifestBytes));
    }

    private static byte[] Verified(ManifestEntry entry, string path, Func<string, long, byte[]> open)
    {
        if (entry.Size is < 0 or > FormatLimits.FileBytes)
        {
            throw new ModelFormatException(path, "size", $"{entry.Size} bytes by {ArtifactFiles.Manifest}", $"at most {FormatLimits.FileBytes} bytes");
        }

        // One byte more than expected is enough to see that the file grew.
        byte[] bytes = open(entry.Name, entry.Size);
        if (bytes.Length != entry.Size)
        {
            throw new ModelFormatException(path, "size", $"{bytes.Length} bytes", $"{entry.Size} bytes by {ArtifactFiles.Manifest}");
        }

        string hash = ManifestEntry.HashOf(bytes);
        return hash == entry.Sha256
            ? bytes
            : throw new ModelFormatException(path, "SHA-256", hash, $"{entry.Sha256} by {ArtifactFiles.Manifest}");
    }

    private static FeatureSchema ReadSchema(string path, byte[] bytes)
    {
        try
        {
            return FeatureSchema.FromJson(Text(path, bytes));
        }
        catch (FeatureSchemaException fault)
        {
            throw new ModelFormatException(path, "", fault.Message, "the feature schema that the model was trained with", fault);
        }
    }

    private static string JsonText(string path, byte[] bytes)
    {
        JsonPlace root = JsonPlace.Parse(path, bytes);
        return root.IsObject ? Text(path, bytes) : throw root.Fault("no object", "one JSON object");
    }

    private static string Text(string path, byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (ArgumentException fault)
        {
            throw new ModelFormatException(path, "", "bytes that are no UTF-8", "text in UTF-8", fault);
        }
    }
}
