namespace LeadPredict.Api.Security;

/// <summary>What a header of HTTP carries as it is.</summary>
internal static class HeaderText
{
    /// <summary>Whether a secret arrives as it was written: visible ASCII characters, with blanks between them alone. A line end at its end is lost on the way.</summary>
    public static bool Carries(string secret) => secret is [not ' ', ..] and [.., not ' '] && !secret.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
