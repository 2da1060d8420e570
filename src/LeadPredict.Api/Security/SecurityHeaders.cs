namespace LeadPredict.Api.Security;

/// <summary>Headers that tell browsers to do nothing of their own accord with an answer. A page may set a policy of its own.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'; style-src 'self'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        Set(context.Response.Headers);
        return next(context);
    });

    public static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
