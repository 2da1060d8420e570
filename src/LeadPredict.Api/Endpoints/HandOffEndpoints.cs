using LeadPredict.Api.Answers;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.HandOff;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Funnel.HandOff;

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
                ReadOnlyMemory<byte> body = request.ContentLength is 0 or null && request.ContentType is null
                    ? default
                    : await RequestBody.ReadAsync(request, cancellation);
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
