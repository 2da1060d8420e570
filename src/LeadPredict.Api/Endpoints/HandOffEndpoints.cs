using LeadPredict.Api.Answers;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.HandOff;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Funnel.HandOff;
using Microsoft.AspNetCore.Http.Features;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>POST /v1/leads/{id}/accept</c> and the other decisions.</summary>
internal static class HandOffEndpoints
{
    /// <summary>Adds the routes to a group, on which the caller has set who may use them.</summary>
    public static void MapHandOff(this RouteGroupBuilder group)
    {
        RouteGroupBuilder leads = group.MapGroup("/v1/leads/{id}").WithTags("hand-off");
        foreach (HandOffAction action in HandOffActions.All)
        {
            leads.MapPost("/" + action.Word(), async (string id, HttpRequest request, HandOffHandler handler, CancellationToken cancellation) =>
            {
                ReadOnlyMemory<byte> body = HasBody(request) ? await RequestBody.ReadAsync(request, cancellation) : default;
                HandOffOrder order = HandOffReader.Read(id, action, body);
                return Results.Json(await handler.DecideAsync(order with { Actor = order.Actor ?? Caller.Of(request.HttpContext).Name }, cancellation), AnswerJson.Options);
            })
                .WithName(action.Word())
                .WithSummary(Summary(action))
                .Accepts<DecisionBody>(isOptional: true, "application/json")
                .Produces<HandOffDone>()
                .ProducesProblems(400, 404, 409, 415, 503);
        }
    }

    /// <summary>Whether something is said beside the address. A body may come without its length, or without its type, which is then asked for.</summary>
    private static bool HasBody(HttpRequest request) => request.ContentType is not null
        || (request.ContentLength is not 0 && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true);

    private static string Summary(HandOffAction action) => action switch
    {
        HandOffAction.Accept => "Sales takes an MQL on",
        HandOffAction.Reject => "Sales sends an MQL back; the reason says where to",
        HandOffAction.Qualify => "Sales holds the lead ready to buy",
        HandOffAction.Recycle => "Back to nurturing",
        HandOffAction.Disqualify => "The lead will never buy",
        HandOffAction.Reopen => "A recycled, lost or disqualified lead comes back",
        HandOffAction.Won => "The deal is won",
        _ => "The deal is lost",
    };
}
