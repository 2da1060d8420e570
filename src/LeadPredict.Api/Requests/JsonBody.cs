using System.Text.Json;
using System.Text.Unicode;

namespace LeadPredict.Api.Requests;

/// <summary>A body as one JSON value.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = RequestLimits.Depth };

    /// <summary>Parses a body and lets <paramref name="read"/> read it; throws when any fault was noted.</summary>
    /// <exception cref="RequestFaultsException">The body is no JSON, or is not as expected.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonField, T> read)
    {
        utf8 = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new RequestFaultsException("", "bytes that are no UTF-8", "JSON in UTF-8");
        }

        using JsonDocument document = Parse(utf8);
        var faults = new List<RequestFault>();
        T result = read(new(document.RootElement, "", faults));
        return faults.Count == 0 ? result : throw new RequestFaultsException(faults);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException fault)
        {
            throw new RequestFaultsException(
                "",
                utf8.IsEmpty ? "an empty body" : $"something else at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}",
                $"one JSON value, at most {RequestLimits.Depth} levels deep, numbers finite and without NaN or Infinity");
        }
    }
}
