using LeadPredict.Api.Batch;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace LeadPredict.Api.Ingest;

/// <summary>A body that brings history, as it came, which is what signatures are over.</summary>
/// <param name="Content">The bytes; what was packed for the transport is unpacked.</param>
/// <param name="IsLines">Whether each line is JSON of its own.</param>
internal sealed record IngestBody(ReadOnlyMemory<byte> Content, bool IsLines)
{
    /// <exception cref="ProblemException">It is too large, of another type or packed in another way.</exception>
    public static async Task<IngestBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        // Without a body there is nothing that a type would tell of.
        bool none = request.ContentType is null && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false;
        bool lines = !none && IsOfLines(request.ContentType);
        return new(await RequestBody.ReadBytesAsync(request, cancellation), lines);
    }

    private static bool IsOfLines(string? contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) && RequestBody.IsUtf8(type))
        {
            string name = type.MediaType.Value!.ToLowerInvariant();
            if (BatchForm.LineTypes.Contains(name))
            {
                return true;
            }

            if (name is "application/json" or "text/json" || name.EndsWith("+json", StringComparison.Ordinal))
            {
                return false;
            }
        }

        throw new ProblemException(ProblemKind.UnsupportedContent, "Expected content type application/json, or application/x-ndjson for one JSON object a line, in UTF-8.");
    }
}
