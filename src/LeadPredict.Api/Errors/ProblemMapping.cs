using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Merges;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace LeadPredict.Api.Errors;

/// <summary>From what was thrown to what is answered. The only place that knows both exceptions and status codes.</summary>
internal static class ProblemMapping
{
    /// <summary>The answer to a request, or null when the exception is a bug.</summary>
    public static ProblemAnswer? Of(Exception exception, HttpContext context) => exception is BadHttpRequestException { StatusCode: 413 }
        ? TooLarge(context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? RequestLimits.BodyBytes)
        : Of(exception);

    /// <summary>The same of a path whose body is limited as most are.</summary>
    public static ProblemAnswer? Of(Exception exception) => exception switch
    {
        RequestFaultsException faults => Answer(400, "The request was refused; see errors.", faults.Faults),
        PartFaultException { InnerException: { } fault } part => Of(fault) is { } problem ? problem with { Errors = problem.Errors?.Select(part.Place).ToArray() } : null,
        LeadNotKnownException unknown => Answer(400, "The lead cannot be scored as of that instant; see errors.", [new("/asOf", $"{unknown.AsOf:yyyy-MM-ddTHH:mm:ss.FFFFFFZ}", $"an instant after {unknown.KnownFrom:yyyy-MM-ddTHH:mm:ss.FFFFFFZ}, when the lead became known")]),
        ProblemException problem => Answer(Status(problem.Kind), problem.Message, problem.Faults),
        HandOffRefusedException { Fault: HandOffFault.Value } refused => Answer(400, "The request was refused; see errors.", [new("/" + refused.Field, refused.Found, refused.Expected)]),
        HandOffRefusedException refused => Answer(409, $"Found {refused.Found}; expected {refused.Expected}."),
        InvalidHistoryException invalid => Answer(400, "The request was refused; see errors.", [.. invalid.Faults.Select(fault => new RequestFault("/" + fault.Field, fault.Problem, "a text that can be kept"))]),
        EngineNotReadyException notReady => Answer(503, notReady.Message),
        // Where the database stands is the operator's business, not the client's.
        StoreServerException or StoreFileException => Answer(503, "The lead history does not answer now; try again later."),
        MergeRefusedException refused => Answer(409, refused.Message),
        ModelReferenceException missing => Answer(missing.IsConflict ? 409 : 404, missing.Message),
        ModelFormatException damaged => Answer(409, damaged.Message),
        ModelFolderException { IsReading: true } => Answer(503, "The folder of models cannot be read now; the service's log tells why."),
        ModelFolderException => Answer(503, "The folder of models cannot be written now; the service's log tells why."),
        // Decompressing and reading a form throw it; nothing else here does.
        InvalidDataException => Answer(400, "The body does not decompress as its Content-Encoding says, or is no form as a page of this service sends it."),
        BadHttpRequestException { StatusCode: 408 } => TooSlow(),
        BadHttpRequestException { StatusCode: 413 } => TooLarge(RequestLimits.BodyBytes),
        BadHttpRequestException bad => Answer(bad.StatusCode, "The request could not be read."),
        _ when IsOfTheBody(exception) => Answer(400, "The request could not be read."),
        _ => null,
    };

    /// <summary>Whether the server stopped in the middle of a body that breaks its rules or the framework's. Some of those they throw as plain faults of input; of files such have other sources.</summary>
    public static bool IsOfTheBody(Exception exception) =>
        exception is BadHttpRequestException or IOException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" or "Microsoft.AspNetCore.WebUtilities" };

    /// <summary>The answer to a status without a body, such as the router's 404.</summary>
    public static ProblemAnswer Of(int status) => Answer(status, status switch
    {
        400 => "The query has something in another form than this path takes; /openapi/v1.json tells which.",
        404 => "There is nothing at this path; /openapi/v1.json lists what there is.",
        405 => "This path does not take this method; /openapi/v1.json lists what there is.",
        415 => "Expected a content type that this path takes, such as application/json, without content encoding, gzip or deflate; /openapi/v1.json tells which.",
        _ => null,
    });

    /// <summary>The answer of a service that cannot do it now.</summary>
    public static ProblemAnswer Busy(string detail) => Answer(503, detail);

    /// <summary>The answer to a caller whose body does not come.</summary>
    public static ProblemAnswer TooSlow() => Answer(408, "The body did not arrive in time; send it again, and faster.");

    /// <summary>The answer to a caller that asks too often.</summary>
    public static ProblemAnswer TooMany() => Answer(429, "The caller sends more requests a second than it may; Retry-After says how long to wait.");

    /// <summary>The answer to a bug: nothing of its inside is told.</summary>
    public static ProblemAnswer Bug() => Answer(500, "The service failed; the fault is in its log. Trying again may help.");

    private static ProblemAnswer TooLarge(long limit) => Answer(413, $"The body is larger than {limit / 1024 / 1024} MB.");

    private static int Status(ProblemKind kind) => kind switch
    {
        ProblemKind.NotFound => 404,
        ProblemKind.TooLarge => 413,
        ProblemKind.UnsupportedContent => 415,
        ProblemKind.Forbidden => 403,
        ProblemKind.KeyNeeded or ProblemKind.SignatureWrong => 401,
        ProblemKind.Conflict => 409,
        _ => 503,
    };

    private static ProblemAnswer Answer(int status, string? detail, IReadOnlyList<RequestFault>? faults = null) => new()
    {
        Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Problem",
        Status = status,
        Detail = detail,
        Errors = faults is { Count: > 0 } ? faults : null,
    };
}
