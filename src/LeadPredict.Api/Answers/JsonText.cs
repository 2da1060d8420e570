using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace LeadPredict.Api.Answers;

/// <summary>
/// Appends JSON whose names and marks the caller writes as bytes; texts and numbers come out as <see cref="Utf8JsonWriter"/> writes them.
/// <see cref="End"/> hands over what was written.
/// </summary>
/// <param name="output">Where to.</param>
internal ref struct JsonText(IBufferWriter<byte> output)
{
    private const int LongestNumber = 40;
    private const int LongestEscape = 6;
    private const int Room = 8 * 1024;
    private const double LargestWhole = 1e9;
    private const float LargestWholeSingle = 1e7f;

    // Of ASCII what the serializer's encoder leaves as it is.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(one => (char)one).Where(one => !"\"\\&'+<>`".Contains(one, StringComparison.Ordinal))]);

    private readonly WrittenNumbers _numbers = WrittenNumbers.OfThread;
    private Span<byte> _room = output.GetSpan(Room);
    private int _at = 0;

    /// <summary>Appends bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        if (json.Length > _room.Length - _at)
        {
            Grow(json.Length);
        }

        json.CopyTo(_room[_at..]);
        _at += json.Length;
    }

    /// <summary>Appends bytes as they are, and others.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json, scoped ReadOnlySpan<byte> more)
    {
        int length = json.Length + more.Length;
        if (length > _room.Length - _at)
        {
            Grow(length);
        }

        json.CopyTo(_room[_at..]);
        more.CopyTo(_room[(_at + json.Length)..]);
        _at += length;
    }

    /// <summary>Appends bytes, then characters that need no quotes and no escapes.</summary>
    public void Characters(scoped ReadOnlySpan<byte> before, scoped ReadOnlySpan<char> ascii)
    {
        Raw(before);
        if (ascii.Length > _room.Length - _at)
        {
            Grow(ascii.Length);
        }

        Ascii.FromUtf16(ascii, _room[_at..], out int length);
        _at += length;
    }

    /// <summary>Appends bytes, then a text in quotes.</summary>
    public void Text(scoped ReadOnlySpan<byte> before, scoped ReadOnlySpan<char> text)
    {
        int plain = text.IndexOfAnyExcept(Plain);
        if (plain >= 0)
        {
            Raw(before);
            Raw("\""u8);
            Escaped(text, plain);
            Raw("\""u8);
            return;
        }

        int length = before.Length + text.Length + 2;
        if (length > _room.Length - _at)
        {
            Grow(length);
        }

        Span<byte> room = _room[_at..];
        before.CopyTo(room);
        room[before.Length] = (byte)'"';
        Ascii.FromUtf16(text, room[(before.Length + 1)..], out _);
        room[length - 1] = (byte)'"';
        _at += length;
    }

    /// <summary>Appends bytes, then a number that reads back to the same bits.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public void Number(scoped ReadOnlySpan<byte> before, double number)
    {
        Raw(before);
        if (LongestNumber > _room.Length - _at)
        {
            Grow(LongestNumber);
        }

        int length;
        if (Math.Abs(number) < LargestWhole && number == (int)number && (number != 0 || !double.IsNegative(number)))
        {
            Utf8Formatter.TryFormat((int)number, _room[_at..], out length);
        }
        else if (!_numbers.TryCopy(number, _room[_at..], out length))
        {
            if (!ShortestNumber.TryWrite(number, _room[_at..], out length) && (!double.IsFinite(number) || !Utf8Formatter.TryFormat(number, _room[_at..], out length)))
            {
                throw new ArgumentException($"{number} is no number of JSON", nameof(number));
            }

            _numbers.Keep(number, _room.Slice(_at, length));
        }

        _at += length;
    }

    /// <summary>The same for fewer digits.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public void Number(scoped ReadOnlySpan<byte> before, float number)
    {
        Raw(before);
        if (LongestNumber > _room.Length - _at)
        {
            Grow(LongestNumber);
        }

        if (Math.Abs(number) < LargestWholeSingle && number == (int)number && (number != 0 || !float.IsNegative(number)))
        {
            Utf8Formatter.TryFormat((int)number, _room[_at..], out int digits);
            _at += digits;
            return;
        }

        if (!ShortestNumber.TryWrite(number, _room[_at..], out int length) && (!float.IsFinite(number) || !Utf8Formatter.TryFormat(number, _room[_at..], out length)))
        {
            throw new ArgumentException($"{number} is no number of JSON", nameof(number));
        }

        _at += length;
    }

    /// <summary>Appends bytes, then a number, or <c>null</c>.</summary>
    public void Number(scoped ReadOnlySpan<byte> before, double? number)
    {
        if (number is { } known)
        {
            Number(before, known);
        }
        else
        {
            Raw(before);
            Raw("null"u8);
        }
    }

    /// <summary>Hands over what was written.</summary>
    public void End()
    {
        output.Advance(_at);
        _at = 0;
        _room = default;
    }

    /// <summary>Appends a text of which some characters are not written as they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="plain">How many characters at its beginning are.</param>
    private void Escaped(scoped ReadOnlySpan<char> text, int plain)
    {
        if (text.ContainsAnyInRange('\ud800', '\udfff'))
        {
            // Halves of pairs may stand alone, which the serializer knows how to mend.
            Raw(JsonSerializer.SerializeToUtf8Bytes(text.ToString()).AsSpan()[1..^1]);
            return;
        }

        while (text.Length > 0)
        {
            if (plain + LongestEscape > _room.Length - _at)
            {
                Grow(plain + LongestEscape);
            }

            Ascii.FromUtf16(text[..plain], _room[_at..], out _);
            _at += plain;
            text = text[plain..];
            if (text.Length > 0)
            {
                Escape(text[0]);
                text = text[1..];
                plain = text.IndexOfAnyExcept(Plain) is >= 0 and var next ? next : text.Length;
            }
        }
    }

    private void Escape(char one)
    {
        Span<byte> room = _room[_at..];
        room[0] = (byte)'\\';
        byte mark = one switch
        {
            '\\' => (byte)'\\',
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            _ => (byte)'u',
        };
        room[1] = mark;
        _at += 2;
        if (mark == 'u')
        {
            ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
            for (int digit = 0; digit < 4; digit++)
            {
                room[2 + digit] = digits[(one >> (12 - (4 * digit))) & 15];
            }

            _at += 4;
        }
    }

    private void Grow(int need)
    {
        output.Advance(_at);
        _room = output.GetSpan(Math.Max(need, Room));
        _at = 0;
    }
}
