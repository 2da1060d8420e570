using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Features;

/// <summary>What rows a schema reads.</summary>
public enum SchemaMode
{
    /// <summary>Snapshots of a lead's history.</summary>
    History,

    /// <summary>Rows of a flat table.</summary>
    Table,
}

/// <summary>The ordered features of a model. It is kept with the model, so that serving reads exactly what training read.</summary>
/// <remarks>Immutable and safe to share between threads. Data only; <see cref="FeatureExtractor"/> does the reading.</remarks>
public sealed class FeatureSchema
{
    /// <summary>The version of the JSON form that this library writes and reads.</summary>
    public const int CurrentFormat = 1;

    private readonly Lazy<string> _fingerprint;

    /// <summary>Makes a schema of one or more features.</summary>
    /// <param name="mode">What rows it reads.</param>
    /// <param name="features">In the order of the vector; names unique (ordinal).</param>
    /// <param name="missingWords">Cells that mean missing in table mode, compared exactly after trimming; empty cells always do.</param>
    /// <exception cref="FeatureSchemaException">No feature, a name twice, or a category list that does not fit the kind.</exception>
    public FeatureSchema(SchemaMode mode, IReadOnlyList<FeatureDefinition> features, IReadOnlyList<string>? missingWords = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        Mode = mode;
        Features = [.. features];
        MissingWords = [.. missingWords ?? []];
        FeatureSchemaCheck.Check(Features);
        _fingerprint = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson()))));
    }

    /// <summary>What rows it reads.</summary>
    public SchemaMode Mode { get; }

    /// <summary>The features in the order of the vector; never empty.</summary>
    public IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>Cells that mean missing in table mode.</summary>
    public IReadOnlyList<string> MissingWords { get; }

    /// <summary>The SHA-256 of the canonical JSON in lower-case hexadecimal: two schemas with the same fingerprint read alike.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>The canonical JSON: one line, fixed order of properties, the same bytes for the same schema.</summary>
    public string ToJson() => FeatureSchemaJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FeatureSchemaException">It is not a schema, or of another format version; the message says what was found.</exception>
    public static FeatureSchema FromJson(string json) => FeatureSchemaJson.Read(json);

    /// <summary>The position of a feature, or -1.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Features.Count; i++)
        {
            if (Features[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
