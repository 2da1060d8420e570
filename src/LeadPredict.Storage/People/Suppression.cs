using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Storage.People;

/// <summary>Hashes of forgotten identifiers and addresses. Without the salt, which stays in the store, they cannot be guessed.</summary>
internal sealed class Suppression(string salt)
{
    /// <summary>The setting that holds the salt; there is none before the first person was forgotten.</summary>
    public const string SaltSetting = "suppression-salt";

    private const int LongestAddress = 254;
    private readonly byte[] _salt = Encoding.UTF8.GetBytes(salt);

    public string OfLead(string id) => Hash("lead:" + id);

    public string OfAddress(string address) => Hash("email:" + Normalize(address));

    /// <summary>A text as an address is compared.</summary>
    public static string Normalize(string address) => address.Trim().ToLowerInvariant();

    /// <summary>Whether a text may be an address and nothing else.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= LongestAddress } && text.IndexOf('@', StringComparison.Ordinal) > 0 && !text.Trim().Any(char.IsWhiteSpace);

    public static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(text)));
}
