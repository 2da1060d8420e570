namespace LeadPredict.Api.Health;

/// <summary>Once the service is ending, each answer asks for the connection to be closed, so that no caller sends into one that goes away.</summary>
internal static class DrainMiddleware
{
    public static void UseDrain(this WebApplication app)
    {
        Drain drain = app.Services.GetRequiredService<Drain>();
        app.Use((context, next) =>
        {
            if (drain.HasBegun)
            {
                // When the answer begins: one to what is thrown starts from no headers.
                context.Response.OnStarting(static response => Close((HttpResponse)response), context.Response);
            }

            return next(context);
        });
    }

    private static Task Close(HttpResponse response)
    {
        response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
