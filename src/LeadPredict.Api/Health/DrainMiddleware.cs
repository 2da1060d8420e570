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
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
    }
}
