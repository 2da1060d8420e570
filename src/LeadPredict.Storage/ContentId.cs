using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Storage;

/// <summary>Identifiers for events that come without one: the same content gives the same identifier, so importing twice adds nothing.</summary>
public static class ContentId
{
    /// <summary>A letter for the kind of event, then 128 bits of the SHA-256 of its parts in hex. A null part differs from an empty one.</summary>
    public static string Of(char kind, params ReadOnlySpan<string?> parts)
    {
        using var content = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (string? part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part ?? "");
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
            content.Write(length);
            content.Write(bytes);
        }

        byte[] hash = SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length));
        return $"{kind}-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }
}
