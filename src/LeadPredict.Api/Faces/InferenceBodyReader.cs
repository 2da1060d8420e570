using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;

namespace LeadPredict.Api.Faces;

/// <summary>Reads the body of an inference request: JSON, also where the client says no type, as NVIDIA's and KServe's do.</summary>
internal static class InferenceBodyReader
{
    private const string BinaryHeader = "Inference-Header-Content-Length";

    /// <summary>Reads the body up to the limit.</summary>
    /// <exception cref="ProblemException">It is of another type, or tensors follow the JSON as bytes: an extension that is not spoken here.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.ContainsKey(BinaryHeader))
        {
            throw new ProblemException(ProblemKind.UnsupportedContent, "Found tensors as bytes after the JSON; expected their data in the JSON, which NVIDIA's client sends with binary_data=False.");
        }

        return request.ContentType is null ? RequestBody.ReadBytesAsync(request, cancellation) : RequestBody.ReadAsync(request, cancellation);
    }
}
