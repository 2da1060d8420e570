using System.Globalization;
using System.Text;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Ingest.Signatures;

/// <summary>HubSpot's signature, version 3: over method, address, body and time; five minutes old at most.</summary>
internal sealed class HubSpotSignature : ISignature
{
    public const string SignatureHeader = "X-HubSpot-Signature-v3", TimeHeader = "X-HubSpot-Request-Timestamp";

    public static HubSpotSignature Instance { get; } = new();

    public string? Refuse(SignedRequest request, string secret)
    {
        if (request.Header(TimeHeader) is not { } time || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            || !InstantText.TryRead(milliseconds, out DateTimeOffset signed))
        {
            return $"Expected epoch milliseconds in the header {TimeHeader}.";
        }

        if (!request.IsFresh(signed))
        {
            return "The delivery is older than five minutes, or from a clock that runs ahead.";
        }

        byte[] key = Encoding.UTF8.GetBytes(secret);
        string? offered = request.Header(SignatureHeader);

        // HubSpot signs the address with some escapes written out.
        bool plain = Hmac.IsOf(offered, key, Hmac.Bytes(request.Request.Method + request.Url), request.Raw, Hmac.Bytes(time));
        bool decoded = Hmac.IsOf(offered, key, Hmac.Bytes(request.Request.Method + Uri.UnescapeDataString(request.Url)), request.Raw, Hmac.Bytes(time));
        return plain || decoded ? null : $"The header {SignatureHeader} does not fit method, address, body and time.";
    }
}
