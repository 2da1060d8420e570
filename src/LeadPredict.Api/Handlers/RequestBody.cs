using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Limits;
using LeadPredict.Api.Requests;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace LeadPredict.Api.Handlers;

/// <summary>Reads a body of JSON up to the limit.</summary>
internal static class RequestBody
{
    public static Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        DemandJson(request);
        return ReadBytesAsync(request, cancellation);
    }

    /// <summary>Reads a body of JSON where it lies: one that came in one piece is not copied.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads the bytes; they must not be kept.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellation)
    {
        DemandJson(request);
        ReadOnlySequence<byte> whole = await ReadWholeAsync(request, cancellation);
        try
        {
            return read(whole.IsSingleSegment ? whole.First : whole.ToArray());
        }
        finally
        {
            request.BodyReader.AdvanceTo(whole.End);
        }
    }

    /// <summary>A body of text in UTF-8 of the given media type, with or without a byte-order mark.</summary>
    public static async Task<string> ReadTextAsync(HttpRequest request, string mediaType, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(ProblemKind.UnsupportedContent, $"Expected content type {mediaType} in UTF-8.");
        }

        ReadOnlyMemory<byte> bytes = await ReadBytesAsync(request, cancellation);
        ReadOnlySpan<byte> text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes.Span[Encoding.UTF8.Preamble.Length..] : bytes.Span;
        return Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw new RequestFaultsException("", "bytes that are no UTF-8", $"{mediaType} in UTF-8");
    }

    /// <summary>A body of whatever type.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, CancellationToken cancellation)
    {
        ReadOnlySequence<byte> whole = await ReadWholeAsync(request, cancellation);
        byte[] bytes = whole.ToArray();
        request.BodyReader.AdvanceTo(whole.End);
        return bytes;
    }

    /// <summary>The whole body in the server's own buffers, which fill until it is there; the caller gives them back by advancing to its end.</summary>
    private static async ValueTask<ReadOnlySequence<byte>> ReadWholeAsync(HttpRequest request, CancellationToken cancellation)
    {
        DemandDecoded(request);
        if (request.ContentLength > RequestLimits.BodyBytes)
        {
            throw TooLarge();
        }

        PipeReader body = request.BodyReader;
        while (true)
        {
            ReadResult read = body.TryRead(out ReadResult there) ? there : await MoreAsync(request, body, cancellation);
            if (read.Buffer.Length > RequestLimits.BodyBytes)
            {
                throw TooLarge();
            }

            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>What comes next. That it does not come in time is the caller's fault, not the service's.</summary>
    private static async ValueTask<ReadResult> MoreAsync(HttpRequest request, PipeReader body, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadUntilAsync(cancellation);
        }
        catch (OperationCanceledException) when (request.HttpContext.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true)
        {
            throw new BadHttpRequestException("the body did not arrive in time", StatusCodes.Status408RequestTimeout);
        }
    }

    private static void DemandJson(HttpRequest request)
    {
        if (!IsJson(request.ContentType))
        {
            throw new ProblemException(ProblemKind.UnsupportedContent, "Expected content type application/json in UTF-8.");
        }
    }

    /// <summary>Refuses a body whose encoding was not undone before: what can be is no longer named in the header.</summary>
    public static void DemandDecoded(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new ProblemException(ProblemKind.UnsupportedContent, "Expected no content encoding, gzip or deflate.");
        }
    }

    public static bool IsJson(string? contentType) => contentType == "application/json" || (
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        && IsUtf8(type));

    /// <summary>Whether a content type is of UTF-8, which it is unless it says otherwise; quotes around the name count for nothing.</summary>
    public static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static ProblemException TooLarge() => new(ProblemKind.TooLarge, $"The body is larger than {RequestLimits.BodyBytes / 1024 / 1024} MB.");
}
