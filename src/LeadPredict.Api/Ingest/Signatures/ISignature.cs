using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Api.Ingest.Signatures;

/// <summary>A request that is to prove where it comes from.</summary>
/// <param name="Request">Its headers and address.</param>
/// <param name="Raw">Its body as it came, byte for byte.</param>
/// <param name="PublicUrl">Where senders reach the service, or null when the request's own address is theirs.</param>
/// <param name="Now">The clock.</param>
internal sealed record SignedRequest(HttpRequest Request, ReadOnlyMemory<byte> Raw, string? PublicUrl, DateTimeOffset Now)
{
    /// <summary>How far a signed time may lie from now.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The address as the sender wrote it.</summary>
    public string Url
    {
        get
        {
            string before = PublicUrl?.TrimEnd('/') ?? $"{Request.Scheme}://{Request.Host}";
            return before + Request.PathBase + Request.Path + Request.QueryString;
        }
    }

    /// <summary>A header's one value, or null.</summary>
    public string? Header(string name) => Request.Headers[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Whether a signed time is neither old nor yet to come.</summary>
    public bool IsFresh(DateTimeOffset signed) => (Now - signed).Duration() <= Tolerance;
}

/// <summary>How a source proves itself. Comparing takes as long whatever is offered.</summary>
internal interface ISignature
{
    /// <summary>Null when the request is the source's; else why not, without anything secret.</summary>
    string? Refuse(SignedRequest request, string secret);
}

/// <summary>HMAC-SHA256, compared in constant time.</summary>
internal static class Hmac
{
    /// <summary>Whether a base64 text is the HMAC of the parts, one after the other.</summary>
    public static bool IsOf(string? offered, byte[] key, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            hmac.AppendData(part.Span);
        }

        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        hmac.GetHashAndReset(bytes);
        bool read = offered is { Length: 44 } && Convert.TryFromBase64String(offered, given, out int count) && count == given.Length;
        return CryptographicOperations.FixedTimeEquals(bytes, given) && read;
    }

    /// <summary>Text as bytes to be signed.</summary>
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
