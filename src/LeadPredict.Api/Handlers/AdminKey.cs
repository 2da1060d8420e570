using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Api.Handlers;

/// <summary>The key that moves aliases. Comparing takes as long whatever is offered.</summary>
internal sealed class AdminKey
{
    public const string Header = "X-Admin-Key";

    private readonly byte[] _hash;

    public AdminKey(string key) => _hash = key.Length >= 16
        ? Hash(key)
        : throw new ArgumentException("an admin key of fewer than 16 characters; expected 16 or more", nameof(key));

    public bool Is(string? offered) => offered is not null && CryptographicOperations.FixedTimeEquals(Hash(offered), _hash);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
