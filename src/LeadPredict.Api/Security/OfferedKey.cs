using System.Text;

namespace LeadPredict.Api.Security;

/// <summary>Where a request bears its key.</summary>
internal static class OfferedKey
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>
    /// The key in <c>Authorization: Bearer</c>, in <c>X-Api-Key</c>, as the user of <c>Authorization: Basic</c> (as Segment sends its
    /// write key), or in the browser's cookie; null where there is none.
    /// </summary>
    public static string? In(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } authorization, ..])
        {
            return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim()
                : authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? User(authorization[Basic.Length..])
                : "";
        }

        return request.Headers["X-Api-Key"] is [{ } key, ..] ? key : KeyCookie.Read(request);
    }

    private static string User(string encoded)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (encoded.Length > 340 || !Convert.TryFromBase64String(encoded.Trim(), bytes, out int count))
        {
            return "";
        }

        string both = Encoding.UTF8.GetString(bytes[..count]);
        return both.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? both[..colon] : both;
    }
}
