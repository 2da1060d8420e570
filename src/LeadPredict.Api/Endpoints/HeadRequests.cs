namespace LeadPredict.Api.Endpoints;

/// <summary>HEAD is answered as GET is, without the body (RFC 9110, section 9.3.2): monitors and link checkers ask so.</summary>
internal static class HeadRequests
{
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // The server knows what it was, and sends no body.
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });
}
