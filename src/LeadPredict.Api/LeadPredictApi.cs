using LeadPredict.Api.Answers;
using LeadPredict.Api.Boards;
using LeadPredict.Api.Endpoints;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.OpenApi;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api;

/// <summary>Builds the service.</summary>
public static class LeadPredictApi
{
    /// <summary>The service, ready to start.</summary>
    /// <param name="options">What it serves.</param>
    /// <param name="configure">Changes the builder before the service is built, for example to host it in a test; or null.</param>
    /// <exception cref="ArgumentException">The admin key is too short to be safe.</exception>
    public static WebApplication Create(LeadPredictApiOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        AdminKey? adminKey = options.AdminKey is { } key ? new(key) : null;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        if (options.Urls is { } urls)
        {
            builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.BodyBytes;
        });

        // The framework logs paths, and a path can hold a lead's identifier, which may be an e-mail address.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json => AnswerJson.Configure(json.SerializerOptions));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ServedModels>();
        builder.Services.AddSingleton<ScoreHandler>();
        builder.Services.AddSingleton<LeadHandler>();
        builder.Services.AddSingleton<ModelHandler>();
        builder.Services.AddSingleton<BoardKeeper>();
        builder.Services.AddSingleton<HandOffHandler>();
        builder.Services.AddLeadPredictOpenApi();
        configure?.Invoke(builder);

        WebApplication app = builder.Build();
        app.UseProblems();
        app.MapScores();
        app.MapLeads();
        app.MapModels(adminKey);
        app.MapComparison();
        app.MapGroup("").MapFunnel();
        app.MapGroup("").MapHandOff();
        app.MapGroup("").MapDefinitions();
        app.MapHealth();
        app.MapHome();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.Services.GetRequiredService<ServedModels>().Start();
        return app;
    }
}
