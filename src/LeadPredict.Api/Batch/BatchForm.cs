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

    /// <summary>Whether lines are to be answered: in the form that the caller would rather have, of two alike the first, else as it sent.</summary>
    public static bool AnswersLines(HttpRequest request, bool sentLines)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted))
        {
            return sentLines;
        }

        foreach (MediaTypeHeaderValue type in accepted.OrderByDescending(type => type.Quality ?? 1))
        {
            string name = type.ToString();
            bool lines = IsLineType(name);
            if (lines || RequestBody.IsJson(name))
            {
                // With a quality of 0 it is the one form that the caller would not have, and no other was named.
                return type.Quality == 0 ? !lines : lines;
            }
        }

        return sentLines;
    }

    private static bool IsLineType(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? parsed) && LineTypes.Contains(parsed.MediaType.Value, StringComparer.OrdinalIgnoreCase);
}
