using System.IO.Compression;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;
using Microsoft.Net.Http.Headers;

namespace LeadPredict.Api.Ingest;

/// <summary>A body that brings history: as it came, which signatures are over, and unpacked.</summary>
/// <param name="Raw">The bytes as they came.</param>
/// <param name="Content">The bytes unpacked; the same where nothing was packed.</param>
/// <param name="IsLines">Whether each line is JSON of its own.</param>
internal sealed record IngestBody(ReadOnlyMemory<byte> Raw, ReadOnlyMemory<byte> Content, bool IsLines)
{
    private static readonly string[] Lines = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    /// <exception cref="ProblemException">It is too large, of another type or packed in another way.</exception>
    /// <exception cref="RequestFaultsException">It cannot be unpacked.</exception>
    public static async Task<IngestBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        bool lines = IsOfLines(request.ContentType);
        bool packed = IsPacked(request.Headers.ContentEncoding);
        if (request.ContentLength > RequestLimits.BodyBytes)
        {
            throw TooLarge($"The body is larger than {RequestLimits.BodyBytes >> 20} MB.");
        }

        ReadOnlyMemory<byte> raw = await ReadAsync(
            request.Body, (int)(request.ContentLength ?? 4096), RequestLimits.BodyBytes, $"The body is larger than {RequestLimits.BodyBytes >> 20} MB.", cancellation);
        return new(raw, packed ? await UnpackAsync(raw, cancellation) : raw, lines);
    }

    private static bool IsOfLines(string? contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            string name = type.MediaType.Value!.ToLowerInvariant();
            if (Lines.Contains(name))
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

    private static bool IsPacked(IList<string?> encodings) => encodings switch
    {
        [] => false,
        [var one] when one!.Equals("gzip", StringComparison.OrdinalIgnoreCase) => true,
        [var one] when one!.Equals("identity", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw new ProblemException(ProblemKind.UnsupportedContent, "Expected content encoding gzip or none."),
    };

    private static async Task<ReadOnlyMemory<byte>> UnpackAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellation)
    {
        try
        {
            await using var gzip = new GZipStream(new MemoryStream(raw.ToArray()), CompressionMode.Decompress);
            return await ReadAsync(
                gzip, raw.Length * 4, RequestLimits.UnpackedBytes, $"The unpacked body is larger than {RequestLimits.UnpackedBytes >> 20} MB.", cancellation);
        }
        catch (InvalidDataException)
        {
            throw new RequestFaultsException("", "bytes that are no gzip", "a body packed with gzip, as its content encoding says");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int guess, int most, string tooLarge, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream(Math.Min(guess, most));
        byte[] chunk = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > most)
            {
                throw TooLarge(tooLarge);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static ProblemException TooLarge(string message) => new(ProblemKind.TooLarge, message);
}
