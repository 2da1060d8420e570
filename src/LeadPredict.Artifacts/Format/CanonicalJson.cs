using System.Buffers;
using System.Text.Json;

namespace LeadPredict.Artifacts.Format;

/// <summary>Writes JSON so that the same content is always the same bytes: fixed member order, LF, two spaces, numbers that round-trip.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", IndentSize = 2 };

    // Arrays of numbers make up a model: one element a line would triple its size.
    private static readonly JsonWriterOptions Dense = new() { Indented = false };

    public static byte[] Write(Action<Utf8JsonWriter> content, bool dense = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, dense ? Dense : Options))
        {
            content(writer);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
