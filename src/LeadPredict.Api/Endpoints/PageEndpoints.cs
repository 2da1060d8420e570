using System.Globalization;
using LeadPredict.Api.Boards;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Api.Pages.Compare;
using LeadPredict.Api.Pages.FunnelView;
using LeadPredict.Api.Pages.Models;
using LeadPredict.Api.Pages.Rules;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Boards;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary>The pages that people open.</summary>
internal static class PageEndpoints
{
    private const int MostCapacity = 100_000;

    public static void MapPages(this WebApplication app)
    {
        RouteGroupBuilder read = app.MapGroup("").RequireScopeOnPage(AccessScopes.Read).ExcludeFromDescription();
        read.MapGet("/", async (HttpContext http, PageAnswer pages, ServedModels models, ModelHandler handler, PageHandler leads, string? question, string? capacity, CancellationToken cancellation) =>
        {
            double? wanted = TypedNumber.Capacity(capacity);
            CompareView? view = null;
            string? fault = null;
            string? model = null;
            try
            {
                using PredictionEngineLease lease = models.Rent(null);
                model = lease.Model.ToString();
                view = CompareView.Of(lease.Model, question, wanted);
            }
            catch (Exception none) when (ProblemMapping.Of(none) is { } problem)
            {
                fault = problem.Detail;
            }

            return view is null
                ? await pages.PageAsync<NoComparison>(http, "Model and rules", "/", pages.Context(http), ("Fault", fault), ("Model", model), ("Verdict", model is null ? null : handler.Verdict()))
                : await pages.PageAsync<ComparePage>(http, "Model and rules", "/", pages.Context(http), ("View", await leads.WithKnownAsync(view, cancellation)));
        });
        MapCalls(read);
        read.MapGet("/funnel", async (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
            handler.HasStore && await handler.FunnelAsync(cancellation) is { } funnel
                ? await pages.PageAsync<FunnelPage>(http, "Funnel", "/funnel", pages.Context(http), ("Report", funnel), ("Definitions", await handler.DefinitionsAsync(cancellation)))
                : await WaitAsync(http, pages, handler, "Funnel", "/funnel"));
        read.MapGet("/models", async (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
            await pages.PageAsync<ModelsPage>(http, "Models", "/models", pages.Context(http), ("View", await handler.ModelsAsync(cancellation))));
        read.MapGet("/scorecard", async (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
            !handler.HasStore || await handler.BoardAsync(cancellation) is not { } board ? await WaitAsync(http, pages, handler, "Scorecard", "/scorecard")
                : board.Rules is { } study ? await pages.PageAsync<ScorecardPage>(http, "Scorecard", "/scorecard", pages.Context(http), ("Study", study))
                : await pages.PageAsync<NoScorecard>(http, "Scorecard", "/scorecard", pages.Context(http)));
        read.MapGet("/scorecard/proposed.yaml", async (BoardKeeper boards, CancellationToken cancellation) =>
        {
            Board board = await boards.GetAsync(cancellation);
            return board.Rules?.Proposed is { } card ? Results.Text(card.Yaml, "application/yaml; charset=utf-8")
                : board.Model is null ? throw NoModel()
                : throw new ProblemException(
                    ProblemKind.NotFound,
                    board.Rules?.WhyNone ?? "The champion was not compared with a scorecard.");
        });
        read.MapLeadPage();
        MapModelChanges(app.MapGroup("").RequireScopeOnPage(AccessScopes.Admin).ExcludeFromDescription());
        app.MapGroup("").RequireScopeOnPage(AccessScopes.Ingest).ExcludeFromDescription().MapLeadDecision();
    }

    private static void MapModelChanges(RouteGroupBuilder admin)
    {
        admin.MapPost("/models/promote", (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
            ChangeAsync(http, pages, form => handler.PromoteAsync(http, form["name"].ToString(), (int)(Number(form["version"]) ?? 0), cancellation), cancellation));
        admin.MapPost("/models/rollback", (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
            ChangeAsync(http, pages, form => handler.RollbackAsync(http, form["name"].ToString(), cancellation), cancellation));
        admin.MapPost("/models/dismiss", (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
            ChangeAsync(http, pages, form => handler.DismissAsync(http, form["name"].ToString(), (int)(Number(form["version"]) ?? 0), cancellation), cancellation));
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, PageAnswer pages, Func<IFormCollection, Task<string>> change, CancellationToken cancellation)
    {
        IFormCollection form = await pages.FormAsync(http.Request, cancellation);
        try
        {
            return PageAnswer.Back(http, "/models", await change(form));
        }
        catch (Exception refused) when (ProblemMapping.Of(refused) is { Status: < 500 } problem)
        {
            return PageAnswer.Back(http, "/models", PageAnswer.Words(problem), fault: true);
        }
    }

    /// <summary>There is no board: the first is being made, or there is nothing to make one of.</summary>
    private static Task<IResult> WaitAsync(HttpContext http, PageAnswer pages, PageHandler handler, string title, string path)
    {
        if (handler.HasStore)
        {
            http.Response.Headers["Refresh"] = "3";
        }

        return pages.PageAsync<Waiting>(http, title, path, pages.Context(http), ("Title", title), ("HasStore", handler.HasStore));
    }

    private static void MapCalls(RouteGroupBuilder read)
    {
        read.MapGet("/calls", async (HttpContext http, PageAnswer pages, PageHandler handler, CancellationToken cancellation) =>
        {
            CallBoard? board = handler.HasStore ? await handler.CallBoardAsync(cancellation) : null;
            if (board?.Model is null)
            {
                return board is null
                    ? await WaitAsync(http, pages, handler, "Call list", "/calls")
                    : await pages.PageAsync<NoCalls>(http, "Call list", "/calls", pages.Context(http));
            }

            CallsView view = await handler.CallsAsync(Query(http.Request.Query, board), board, cancellation);
            return await pages.PageAsync<CallsPage>(http, "Call list", "/calls", pages.Context(http), ("View", view));
        });
        read.MapGet("/calls.csv", async (HttpContext http, CallKeeper calls, CancellationToken cancellation) =>
        {
            CallBoard board = await calls.GetAsync(cancellation);
            if (board.Model is null)
            {
                throw NoModel();
            }

            http.Response.Headers.ContentDisposition = "attachment; filename=\"call-list.csv\"";
            IReadOnlyList<CallRow> rows = await calls.List.ReadAsync(Query(http.Request.Query, board).Filter, CallOrder.Worth, 0, int.MaxValue, cancellation);
            return Results.Text(CallsCsv.Write(rows, board), "text/csv; charset=utf-8");
        });
    }

    private static CallsQuery Query(IQueryCollection query, CallBoard board)
    {
        string? Text(string name, int longest = CallListHandler.LongestText) => query[name].ToString().Trim() switch
        {
            { Length: 0 } => null,
            var text when text.Length <= longest => StoredText.Demand(name, text),
            var text => throw new RequestFaultsException("/" + name, $"{text.Length} characters", $"at most {longest}"),
        };
        return new(
            TypedNumber.Capacity(query["capacity"]) switch
            {
                null => CallsView.UsualCapacity(board),
                < 1 => throw new RequestFaultsException("/capacity", query["capacity"].ToString(), "at least 1 lead a day"),
                { } said => (int)Math.Min(said, MostCapacity),
            },
            CallListHandler.StageOf(Text("stage")),
            CallListHandler.SourceOf(Text("source", CallListHandler.LongestName)),
            Text("owner", CallListHandler.LongestName),
            CallListHandler.GradeOf(Text("grade")),
            CallListHandler.AgreementOf(Text("agreement")),
            Text("find"),
            (int)Math.Clamp(Number(query["page"]) ?? 1, 1, MostCapacity));
    }

    private static ProblemException NoModel() => new(ProblemKind.NotReady, "No model serves yet: train one and promote it.");

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
