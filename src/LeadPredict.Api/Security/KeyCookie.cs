namespace LeadPredict.Api.Security;

/// <summary>The key in a browser: a cookie that scripts cannot read and other sites cannot send.</summary>
internal static class KeyCookie
{
    /// <summary>Where a browser without a key is sent, with the page asked for as <c>returnTo</c>.</summary>
    public const string SignInPath = "/sign-in";

    private const string Name = "leadpredict-key";

    /// <summary>The address to sign in at, with the one to go on to.</summary>
    public static string SignInFor(string returnTo) => $"{SignInPath}?returnTo={Uri.EscapeDataString(returnTo)}";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Set(HttpContext context, string key) => context.Response.Cookies.Append(Name, key, Options(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = IsSecure(context),
        Path = "/",
        IsEssential = true,
    };

    /// <summary>Whether the browser speaks TLS, with this service or with a proxy before it. Whoever makes that up only keeps a cookie of their own from being sent.</summary>
    private static bool IsSecure(HttpContext context) => context.Request.IsHttps
        || context.Request.Headers["X-Forwarded-Proto"] is [{ } proto, ..] && proto.StartsWith("https", StringComparison.OrdinalIgnoreCase)
        || context.RequestServices.GetRequiredService<LeadPredictApiOptions>().Ingest.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;
}
