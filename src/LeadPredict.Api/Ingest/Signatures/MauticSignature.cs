using System.Text;

namespace LeadPredict.Api.Ingest.Signatures;

/// <summary>Mautic's signature: over the body alone. It bears no time, so that an old delivery is known by its content only.</summary>
internal sealed class MauticSignature : ISignature
{
    public const string SignatureHeader = "Webhook-Signature";

    public static MauticSignature Instance { get; } = new();

    public string? Refuse(SignedRequest request, string secret) =>
        Hmac.IsOf(request.Header(SignatureHeader), Encoding.UTF8.GetBytes(secret), request.Raw)
            ? null
            : $"The header {SignatureHeader} does not fit the body.";
}
