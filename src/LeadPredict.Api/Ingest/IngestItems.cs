using System.Text.Json;
using System.Text.Unicode;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Ingest;

/// <summary>The items of a body, each read on its own so that one that is wrong leaves the others be.</summary>
internal static class IngestItems
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = RequestLimits.Depth };

    /// <summary>Reads one object, an array of them, or one a line.</summary>
    /// <exception cref="RequestFaultsException">The body as a whole is no JSON, or has too many items.</exception>
    public static List<IngestItem> Read(IngestBody body, Action<JsonField, IngestItem> read) => body.IsLines
        ? Lines(body.Content, read)
        : JsonBody.Read(body.Content, root => root.Element.ValueKind == JsonValueKind.Array
            ? Each(root.Items(RequestLimits.Items), read)
            : Each([root], read));

    /// <summary>Reads fields that stand somewhere in a body, each as an item.</summary>
    public static List<IngestItem> Each(IReadOnlyList<JsonField> fields, Action<JsonField, IngestItem> read)
    {
        var items = new List<IngestItem>(fields.Count);
        foreach (JsonField field in fields)
        {
            var item = new IngestItem();
            read(field.With(item.Faults), item);
            items.Add(item);
        }

        return items;
    }

    private static List<IngestItem> Lines(ReadOnlyMemory<byte> content, Action<JsonField, IngestItem> read)
    {
        var items = new List<IngestItem>();
        content = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        while (content.Length > 0)
        {
            int end = content.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            if (items.Count == RequestLimits.Items)
            {
                throw new RequestFaultsException("", $"more than {RequestLimits.Items} lines", $"at most {RequestLimits.Items}");
            }

            items.Add(Line(line, $"/{items.Count}", read));
        }

        return items;
    }

    private static IngestItem Line(ReadOnlyMemory<byte> line, string pointer, Action<JsonField, IngestItem> read)
    {
        var item = new IngestItem();
        if (!Utf8.IsValid(line.Span))
        {
            item.Faults.Add(new(pointer, "bytes that are no UTF-8", "JSON in UTF-8"));
            return item;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Options);
            read(new(document.RootElement, pointer, item.Faults), item);
        }
        catch (JsonException fault)
        {
            item.Faults.Add(new(pointer, $"something else at byte {fault.BytePositionInLine + 1} of the line", $"one JSON object, at most {RequestLimits.Depth} levels deep"));
        }

        return item;
    }
}
