using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using Microsoft.Net.Http.Headers;

namespace LeadPredict.Api.Batch;

/// <summary>How a batch is written: one JSON array, or NDJSON.</summary>
internal static class BatchForm
{
    /// <summary>What NDJSON is called; the first name is the one that is answered.</summary>
    public static readonly string[] LineTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    /// <summary>Whether the body is lines; else it is an array.</summary>
    /// <exception cref="ProblemException">It is neither.</exception>
    public static bool IsLines(HttpRequest request) =>
        IsLineType(request.ContentType) || (RequestBody.IsJson(request.ContentType)
            ? false
            : throw new ProblemException(ProblemKind.UnsupportedContent, $"Expected content type application/json for an array, or {LineTypes[0]} for a request a line, in UTF-8."));

    /// <summary>Whether lines are to be answered: as the caller accepts, else as it sent.</summary>
    public static bool AnswersLines(HttpRequest request, bool sentLines)
    {
        foreach (string? accepted in request.Headers.Accept)
        {
            foreach (string type in (accepted ?? "").Split(','))
            {
                if (IsLineType(type))
                {
                    return true;
                }

                if (RequestBody.IsJson(type))
                {
                    return false;
                }
            }
        }

        return sentLines;
    }

    private static bool IsLineType(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? parsed) && LineTypes.Contains(parsed.MediaType.Value, StringComparer.OrdinalIgnoreCase);
}
