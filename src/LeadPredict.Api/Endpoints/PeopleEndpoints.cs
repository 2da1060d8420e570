using System.Globalization;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.People;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;

namespace LeadPredict.Api.Endpoints;

/// <summary>People's rights, and people and companies that are there twice.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this WebApplication app)
    {
        RouteGroupBuilder objection = app.MapGroup("/v1/leads/{id}/objection").WithTags("people").RequireScope(AccessScopes.Ingest);
        objection.MapPost("", async (string id, PeopleHandler people, CancellationToken cancellation) => Results.Json(await people.ObjectAsync(id, true, cancellation), AnswerJson.Options))
            .WithName("object")
            .WithSummary("The person objects to being profiled: no score is given from now on")
            .Produces<ObjectionAnswer>()
            .ProducesProblems(404, 503);
        objection.MapDelete("", async (string id, PeopleHandler people, CancellationToken cancellation) => Results.Json(await people.ObjectAsync(id, false, cancellation), AnswerJson.Options))
            .WithName("withdrawObjection")
            .WithSummary("The person takes the objection back")
            .Produces<ObjectionAnswer>()
            .ProducesProblems(404, 503);
        RouteGroupBuilder admin = app.MapGroup("/v1").WithTags("people").RequireScope(AccessScopes.Admin);
        admin.MapPost("/forget", async (HttpRequest request, PeopleHandler people, CancellationToken cancellation) =>
            Results.Json(await people.ForgetAsync(request.HttpContext, await RequestBody.ReadAsync(request, cancellation), cancellation), AnswerJson.Options))
            .WithName("forget")
            .WithSummary("Remove a person from everywhere and keep it out")
            .Accepts<ForgetBody>("application/json")
            .Produces<Forgotten>()
            .ProducesProblems(400, 415, 503);
        admin.MapPost("/duplicates/merge", async (HttpRequest request, PeopleHandler people, CancellationToken cancellation) =>
            Results.Json(await people.MergeAsync(request.HttpContext, await RequestBody.ReadAsync(request, cancellation), cancellation), AnswerJson.Options))
            .WithName("merge")
            .WithSummary("Read two leads as one person, two accounts as one company, or a lead as of an account")
            .Accepts<MergeBody>("application/json")
            .Produces<Merge>()
            .ProducesProblems(400, 409, 415, 503);
        admin.MapPost("/duplicates/{id}/undo", async (string id, HttpContext context, PeopleHandler people, CancellationToken cancellation) =>
            long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long merge) && await people.UndoAsync(context, merge, cancellation) ? Results.NoContent() : throw new ProblemException(ProblemKind.NotFound, "There is no such merge that is not undone."))
            .WithName("undoMerge")
            .WithSummary("Take a merge back")
            .Produces(204)
            .ProducesProblems(404, 503);
        app.MapGet("/v1/duplicates", async (PeopleHandler people, CancellationToken cancellation) => Results.Json(await people.DuplicatesAsync(cancellation), AnswerJson.Options))
            .RequireScope(AccessScopes.Read)
            .WithTags("people")
            .WithName("duplicates")
            .WithSummary("Leads and accounts that seem to be there twice, and what was merged")
            .Produces<DuplicatesAnswer>()
            .ProducesProblems(503);
    }
}
