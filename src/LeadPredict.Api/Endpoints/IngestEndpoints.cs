using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Ingest;
using LeadPredict.Api.Ingest.Mapping;
using LeadPredict.Api.Ingest.Signatures;
using LeadPredict.Api.Ingest.Sources;
using LeadPredict.Api.Limits;
using LeadPredict.Api.OpenApi;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>POST /v1/leads</c>, <c>/v1/touches</c>, <c>/v1/transitions</c>, <c>/v1/outcomes</c> and <c>/v1/ingest/{source}</c>.</summary>
internal static class IngestEndpoints
{
    public static RouteGroupBuilder MapIngestEndpoints(this WebApplication app, IngestMapping mapping)
    {
        RouteGroupBuilder ingest = app.MapGroup("/v1").WithTags("ingest").RequireScope(AccessScopes.Ingest);
        MapOwn<LeadItem>(ingest, "leads", "Add leads with their attributes", OwnItems.Lead);
        MapOwn<TouchItem>(ingest, "touches", "Add touches", OwnItems.Touch);
        MapOwn<TransitionItem>(ingest, "transitions", "Add stage decisions", OwnItems.Transition);
        MapOwn<OutcomeItem>(ingest, "outcomes", "Add what deals were worth", OwnItems.Outcome)
            .WithDescription("An outcome says what a deal was worth, a transition that the lead is won or lost: send both. A won deal alone is in the revenue, and the lead stays open everywhere else.");
        foreach (ForeignSource source in ForeignSources.All)
        {
            MapForeign(ingest, source, mapping.Of(source.Name), app.Services.GetRequiredService<LeadPredictApiOptions>());
        }

        return ingest;
    }

    private static RouteHandlerBuilder MapOwn<TBody>(RouteGroupBuilder ingest, string path, string summary, Action<JsonField, IngestItem> read) =>
        ingest.MapPost("/" + path, async (HttpRequest request, IngestHandler handler, CancellationToken cancellation) =>
            await KeepAsync(IngestItems.Read(await IngestBody.ReadAsync(request, cancellation), read), handler, cancellation))
            .WithName(path)
            .WithSummary(summary + ": one, an array, or one a line")
            .Accepts<EitherOf<TBody, IReadOnlyList<TBody>>>("application/json", "application/x-ndjson")
            .Answers();

    private static void MapForeign(RouteGroupBuilder ingest, ForeignSource source, SourceMapping mapping, LeadPredictApiOptions options)
    {
        IReadOnlyList<string> secrets = options.Ingest.Secrets.GetValueOrDefault(source.Name) ?? [];
        RouteHandlerBuilder route = ingest.MapPost("/ingest/" + source.Name, async (HttpRequest request, IngestHandler handler, CancellationToken cancellation) =>
        {
            IngestBody body = await IngestBody.ReadAsync(request, cancellation);
            DateTimeOffset now = options.Time.GetUtcNow();
            Demand(source.Signature, new(request, body.Content, options.Ingest.PublicUrl, now), secrets);
            return await KeepAsync(source.Read(body, request, new(mapping, now)), handler, cancellation);
        })
            .WithName("ingest-" + source.Name)
            .WithSummary($"{source.Summary}, as they are sent")
            .Accepts<object>("application/json", "application/x-ndjson")
            .Answers();
        if (secrets.Count > 0)
        {
            // The signature is the key.
            route.AllowWithoutKey().WithMetadata(new TakesFromAnybody());
        }
    }

    private static void Demand(ISignature signature, SignedRequest request, IReadOnlyList<string> secrets)
    {
        string? refusal = null;
        foreach (string secret in secrets)
        {
            refusal = signature.Refuse(request, secret);
            if (refusal is null)
            {
                return;
            }
        }

        if (refusal is not null)
        {
            throw new ProblemException(ProblemKind.SignatureWrong, refusal);
        }
    }

    /// <summary>200 when all is taken, 207 when items are refused among others, 400 when it was one and that is refused.</summary>
    private static async Task<IResult> KeepAsync(List<IngestItem> items, IngestHandler handler, CancellationToken cancellation)
    {
        if (items is [{ Faults: { Count: > 0 } faults }])
        {
            throw new RequestFaultsException(faults);
        }

        IngestAnswer answer = await handler.KeepAsync(items, cancellation);
        return Results.Json(answer, AnswerJson.Options, statusCode: answer.Refused > 0 ? StatusCodes.Status207MultiStatus : StatusCodes.Status200OK);
    }

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder route) =>
        route.Produces<IngestAnswer>().Produces<IngestAnswer>(StatusCodes.Status207MultiStatus).ProducesProblems(400, 413, 415, 429, 503);
}
