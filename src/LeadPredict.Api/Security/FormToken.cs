using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Api.Security;

/// <summary>
/// What a form must bear so that no other site's page can send it: made from the browser's own key, or, for callers without one, from a secret
/// of this process. Nothing is kept: every instance of the service knows the forms that another made for a key; those for callers without one it does not.
/// </summary>
internal sealed class FormToken
{
    /// <summary>The form's field.</summary>
    public const string Field = "token";

    private readonly byte[] _process = RandomNumberGenerator.GetBytes(32);

    /// <summary>The token for forms of the page that answers this request.</summary>
    public string Of(HttpRequest request)
    {
        byte[] key = OfferedKey.In(request) is { } offered ? SHA256.HashData(Encoding.UTF8.GetBytes(offered)) : _process;
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, "leadpredict form"u8));
    }

    /// <summary>Whether a form that came with this request bears its token.</summary>
    public bool IsIn(IFormCollection form, HttpRequest request) => form[Field] is [{ } token]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Of(request)));
}
