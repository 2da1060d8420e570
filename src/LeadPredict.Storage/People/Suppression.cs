using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Storage.People;

/// <summary>Hashes of forgotten identifiers and addresses. Without the salt, which stays in the store, they cannot be guessed.</summary>
internal sealed class Suppression(string salt)
{
    /// <summary>The setting that holds the salt; there is none before the first person was forgotten.</summary>
    public const string SaltSetting = "suppression-salt";

    private readonly byte[] _salt = Encoding.UTF8.GetBytes(salt);

    public string OfLead(string id) => Hash("lead:" + id);

    /// <param name="address">As <see cref="Addresses"/> gives it.</param>
    public string OfAddress(string address) => Hash("email:" + address);

    public static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(text)));
}
