using System.Globalization;
using System.Text;
using LeadPredict.Api.Security;

namespace LeadPredict.Api.Ingest.Signatures;

/// <summary>
/// The Standard Webhooks signature, for sources that have none of their own: <c>webhook-id</c>, <c>webhook-timestamp</c> in epoch seconds, and
/// <c>webhook-signature</c>, <c>v1,BASE64</c>, several after blanks; over id, time and body joined by full stops. A secret <c>whsec_BASE64</c> is its bytes.
/// </summary>
internal sealed class StandardSignature : ISignature
{
    public const string IdHeader = "webhook-id", TimeHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    public static StandardSignature Instance { get; } = new();

    public string? Refuse(SignedRequest request, string secret)
    {
        if (request.Header(IdHeader) is not { } id || request.Header(TimeHeader) is not { } time || request.Header(SignatureHeader) is not { } signatures
            || !uint.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
        {
            return $"Expected the headers {IdHeader}, {TimeHeader} in epoch seconds, and {SignatureHeader}.";
        }

        if (!request.IsFresh(DateTimeOffset.FromUnixTimeSeconds(seconds)))
        {
            return "The delivery is older than five minutes, or from a clock that runs ahead.";
        }

        byte[] key = WebhookSecret.TryRead(secret) ?? Encoding.UTF8.GetBytes(secret);
        ReadOnlyMemory<byte> head = Hmac.Bytes($"{id}.{time}.");
        bool fits = false;
        foreach (string offered in signatures.Split(' ', 10, StringSplitOptions.RemoveEmptyEntries))
        {
            fits |= offered.StartsWith("v1,", StringComparison.Ordinal) && Hmac.IsOf(offered[3..], key, head, request.Raw);
        }

        return fits ? null : $"The header {SignatureHeader} does not fit id, time and body.";
    }
}
