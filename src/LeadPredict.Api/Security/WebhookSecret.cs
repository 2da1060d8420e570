using System.Text;

namespace LeadPredict.Api.Security;

/// <summary>Secrets of Standard Webhooks: <c>whsec_</c> and Base64, or any other text.</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>The bytes that a secret stands for, or null where it begins with <c>whsec_</c> and no Base64 follows: a mistyped one, by which no signature would ever fit.</summary>
    public static byte[]? TryRead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], bytes, out int count) ? bytes[..count] : null;
    }
}
