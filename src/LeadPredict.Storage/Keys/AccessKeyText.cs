using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Storage.Keys;

/// <summary>
/// A key as its bearer writes it: <c>lp_ID_SECRET</c>, 12 and 64 hexadecimal digits. It is shown once, when it is made; kept are a salt and a hash.
/// </summary>
public static class AccessKeyText
{
    private const string Prefix = "lp_";
    private const int IdLength = 12;
    private const int Length = 3 + IdLength + 1 + 64;

    /// <summary>Makes a key.</summary>
    /// <returns>What is kept, and what the bearer is given.</returns>
    public static (AccessKey Key, string Text) Create(string name, AccessScopes scopes, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        AccessKey key = new()
        {
            Id = id,
            Name = name,
            Scopes = scopes,
            Salt = salt,
            Hash = Hash(salt, secret),
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        return (key, $"{Prefix}{id}_{secret}");
    }

    /// <summary>The identifier in a key's text, or null when the text has not the form of a key.</summary>
    public static string? IdOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_'
            ? text.Substring(Prefix.Length, IdLength)
            : null;
    }

    /// <summary>Whether a text is that key's. It takes as long whatever is offered.</summary>
    public static bool IsOf(AccessKey key, string text)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> offered = stackalloc byte[SHA256.HashSizeInBytes];
        Digest([.. key.Salt], text.Length == Length ? text.AsSpan(Length - 64) : "", offered);
        return CryptographicOperations.FixedTimeEquals(offered, [.. key.Hash]);
    }

    private static byte[] Hash(byte[] salt, string secret)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        Digest(salt, secret, hash);
        return hash;
    }

    private static void Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<char> secret, Span<byte> hash)
    {
        Span<byte> salted = stackalloc byte[16 + (3 * 64)];
        salt.CopyTo(salted);
        SHA256.HashData(salted[..(salt.Length + Encoding.UTF8.GetBytes(secret, salted[salt.Length..]))], hash);
    }
}
