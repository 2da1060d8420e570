using System.Collections.Immutable;
using System.Security.Cryptography;

namespace LeadPredict.Artifacts.Format;

/// <summary>One file of a published version.</summary>
/// <param name="Name">The file's name inside the version's folder, one of <see cref="ArtifactFiles.All"/>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record ManifestEntry(string Name, long Size, string Sha256)
{
    internal static ManifestEntry Of(string name, ReadOnlySpan<byte> bytes) => new(name, bytes.Length, HashOf(bytes));

    internal static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>What a published version consists of. It names neither model nor version: the same content has the same manifest everywhere.</summary>
/// <param name="Kind">Funnel or table.</param>
/// <param name="SchemaFingerprint">The fingerprint of the feature schema.</param>
/// <param name="Files">All other files, ordered by name (ordinal).</param>
public sealed record Manifest(ArtifactKind Kind, string SchemaFingerprint, ImmutableArray<ManifestEntry> Files);
