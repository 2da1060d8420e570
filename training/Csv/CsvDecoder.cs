using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace LeadPredict.Training.Csv;

/// <summary>
/// Turns a file's bytes into characters and refuses, by line and byte, what its encoding does not have. The platform's
/// own readers put a replacement character there and go on.
/// </summary>
internal sealed class CsvDecoder
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly SearchValues<byte> Undefined1252 = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);
    private readonly string _file;
    private readonly CsvEncoding _encoding;
    private readonly CsvFormat _format;

    private CsvDecoder(string file, CsvEncoding encoding, CsvFormat format, int markLength)
    {
        _file = file;
        _encoding = encoding;
        _format = format;
        MarkLength = markLength;
    }

    /// <summary>How many bytes of byte order mark to pass over.</summary>
    public int MarkLength { get; }

    /// <summary>Settles the encoding from the first bytes of the file.</summary>
    /// <exception cref="CsvException">They are not those of a text, or of another encoding than the format says.</exception>
    public static CsvDecoder For(string file, CsvFormat format, ReadOnlySpan<byte> start)
    {
        if (PackedAs(start) is { } packed)
        {
            throw new CsvException(file, 0, packed);
        }

        CsvEncoding wanted = format.Encoding;
        (CsvEncoding found, int mark) = start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (CsvEncoding.Utf8, 3),
            [0xFF, 0xFE, ..] => (CsvEncoding.Utf16, 2),
            [0xFE, 0xFF, ..] => (CsvEncoding.Utf16BigEndian, 2),
            _ => (CsvEncoding.Auto, 0),
        };
        if (found != CsvEncoding.Auto && wanted != CsvEncoding.Auto && found != wanted)
        {
            throw new CsvException(file, 0, $"its byte order mark says {Name(found)}, but the format says {Name(wanted)}");
        }

        CsvEncoding settled = found != CsvEncoding.Auto ? found
            : wanted != CsvEncoding.Auto ? wanted
            : start switch
            {
                [not 0, 0, not 0, 0, ..] => CsvEncoding.Utf16,
                [0, not 0, 0, not 0, ..] => CsvEncoding.Utf16BigEndian,
                _ => CsvEncoding.Utf8,
            };
        return new(file, settled, format, mark);
    }

    /// <summary>Decodes as much as fits.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="characters">Where it goes; at least as long as <paramref name="bytes"/>.</param>
    /// <param name="last">Whether no more bytes follow.</param>
    /// <param name="line">The line on which the bytes begin, for the message.</param>
    /// <param name="offset">Where in the file they begin, for the message.</param>
    /// <returns>How many bytes were used and characters written; a cut-off last character stays for the next call.</returns>
    public (int Used, int Written) Decode(ReadOnlySpan<byte> bytes, Span<char> characters, bool last, long line, long offset)
    {
        (int used, int written, bool faulty) = _encoding switch
        {
            CsvEncoding.Utf16 => DecodeUtf16(bytes, characters, last, bigEndian: false),
            CsvEncoding.Utf16BigEndian => DecodeUtf16(bytes, characters, last, bigEndian: true),
            CsvEncoding.Windows1252 => Decode1252(bytes, characters),
            _ => DecodeUtf8(bytes, characters, last),
        };
        if (faulty)
        {
            long at = line + characters[..written].Count('\n');
            string found = bytes[used].ToString("X2", CultureInfo.InvariantCulture);
            throw new CsvException(_file, at, $"byte {offset + used} is 0x{found}, which is not {Name(_encoding)}; {Advice}");
        }

        return (used, written);
    }

    private string Advice =>
        _encoding != CsvEncoding.Utf8 || _format.Encoding != CsvEncoding.Auto ? "save the file anew in one encoding"
        : _format.IsAsFound ? "save the file as UTF-8, where it is Windows-1252 with: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEWFILE"
        : "if the file is Windows-1252, say so (encoding: windows-1252); if it mixes encodings, save it anew as UTF-8";

    private static string? PackedAs(ReadOnlySpan<byte> start) => start switch
    {
        [0x1F, 0x8B, ..] => "is packed by gzip; expected text: unpack it first with gunzip",
        [(byte)'P', (byte)'K', 3, 4, ..] => "is an Excel workbook or another zip archive; expected text: save it as CSV, or unpack it first",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "is an Excel workbook of the old form (.xls) or another Office file; expected text: save it as CSV",
        _ => null,
    };

    private static string Name(CsvEncoding encoding) => encoding switch
    {
        CsvEncoding.Utf16 => "UTF-16",
        CsvEncoding.Utf16BigEndian => "UTF-16 (big endian)",
        CsvEncoding.Windows1252 => "Windows-1252",
        _ => "UTF-8",
    };

    private static (int Used, int Written, bool Faulty) DecodeUtf8(ReadOnlySpan<byte> bytes, Span<char> characters, bool last)
    {
        OperationStatus status = Utf8.ToUtf16(
            bytes, characters, out int used, out int written, replaceInvalidSequences: false, isFinalBlock: last);
        return (used, written, status == OperationStatus.InvalidData || (last && status == OperationStatus.NeedMoreData));
    }

    private static (int Used, int Written, bool Faulty) Decode1252(ReadOnlySpan<byte> bytes, Span<char> characters)
    {
        int fault = bytes.IndexOfAny(Undefined1252);
        int length = fault >= 0 ? fault : bytes.Length;
        return (length, Windows1252.GetChars(bytes[..length], characters), fault >= 0);
    }

    private static (int Used, int Written, bool Faulty) DecodeUtf16(
        ReadOnlySpan<byte> bytes, Span<char> characters, bool last, bool bigEndian)
    {
        int count = bytes.Length / 2;
        int i = 0;
        while (i < count)
        {
            char unit = Unit(bytes, i, bigEndian);
            if (char.IsSurrogate(unit))
            {
                if (i + 1 == count && !last)
                {
                    break;
                }

                if (i + 1 == count || !char.IsSurrogatePair(unit, Unit(bytes, i + 1, bigEndian)))
                {
                    return (i * 2, i, true);
                }

                characters[i++] = unit;
                unit = Unit(bytes, i, bigEndian);
            }

            characters[i++] = unit;
        }

        return (i * 2, i, last && (bytes.Length & 1) == 1);
    }

    private static char Unit(ReadOnlySpan<byte> bytes, int index, bool bigEndian) => (char)(bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(index * 2)..])
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * 2)..]));
}
