using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Api.Pages.Leads;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Funnel.HandOff;

namespace LeadPredict.Api.Endpoints;

/// <summary>The page of a lead, and the decisions that pages send.</summary>
internal static class LeadPageEndpoints
{
    public static void MapLeadPage(this RouteGroupBuilder read) =>
        read.MapGet("/lead", async (HttpContext http, PageAnswer pages, PageHandler handler, string? id, CancellationToken cancellation) =>
            await DrawAsync(
                http,
                pages,
                await handler.LeadAsync(id ?? throw new RequestFaultsException("/id", "no lead", "the identifier of a lead"), cancellation),
                pages.Context(http),
                draft: null));

    public static void MapLeadDecision(this RouteGroupBuilder sales) =>
        sales.MapPost("/lead/decide", async (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
        {
            IFormCollection form = await PageAnswer.ReadAsync(http.Request, cancellation);
            var draft = DecisionDraft.Of(form);
            try
            {
                pages.DemandToken(form, http.Request);
                return PageAnswer.Back(http, draft.ReturnTo, await handler.DecideAsync(draft, Caller.Of(http).Name, cancellation));
            }
            catch (Exception refused) when (PageAnswer.WantsPage(http.Request) && ProblemMapping.Of(refused) is { Status: 400 or 409 } problem)
            {
                // The lead as it is now, with what was typed.
                LeadView view = await handler.LeadAsync(draft.LeadId, cancellation);
                http.Response.StatusCode = problem.Status;
                string why = refused is HandOffRefusedException { Fault: HandOffFault.Overtaken } overtaken
                    ? $"Found {overtaken.Found}: it is {Figure.StageName(view.Snapshot.Stage)} now."
                    : PageAnswer.Words(problem);
                return await DrawAsync(http, pages, view, pages.Context(http) with { Notice = why, NoticeIsFault = true }, draft);
            }
        });

    private static Task<IResult> DrawAsync(HttpContext http, PageAnswer pages, LeadView view, PageContext context, DecisionDraft? draft) =>
        pages.PageAsync<LeadPage>(http, view.Title, "/calls", context, ("View", view), ("Draft", draft));
}
