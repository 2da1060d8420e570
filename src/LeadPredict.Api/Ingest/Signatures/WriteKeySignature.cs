using System.Security.Cryptography;
using System.Text;
using LeadPredict.Api.Security;

namespace LeadPredict.Api.Ingest.Signatures;

/// <summary>Segment's write key, the user of <c>Authorization: Basic</c>.</summary>
internal sealed class WriteKeySignature : ISignature
{
    public static WriteKeySignature Instance { get; } = new();

    public string? Refuse(SignedRequest request, string secret) =>
        OfferedKey.In(request.Request) is { } offered && CryptographicOperations.FixedTimeEquals(Hash(offered), Hash(secret))
            ? null
            : "Expected the write key as the user of 'Authorization: Basic'.";

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
