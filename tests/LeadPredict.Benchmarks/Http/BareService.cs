using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Benchmarks.Http;

/// <summary>What a web service can do at most: a minimal-API endpoint that reads and writes the same JSON shapes and does nothing between.</summary>
internal static class BareService
{
    public static async Task RunAsync(string url, string models)
    {
        using var engine = new PredictionEngine(new ModelRepository(models).Load(ModelReference.Parse("leads")));
        ScoreRequest request = ScoreRequestReader.Read(System.Text.Encoding.UTF8.GetBytes(HttpRequests.Lead));
        LeadScore full = request.Score(engine, DateTimeOffset.UnixEpoch);
        LeadScore plain = request.Score(engine, DateTimeOffset.UnixEpoch, reasons: false);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            AnswerJson.Configure(json.SerializerOptions);
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default);
        });
        WebApplication app = builder.Build();
        app.MapPost("/v1/score", (ScoreBody body, bool? reasons) => body.Lead is null ? throw new JsonException() : reasons == false ? plain : full);
        await app.RunAsync();
    }
}
