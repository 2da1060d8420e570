using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Goes over JSON whose shape is known, in UTF-8, without looking at a byte twice. Each step says whether what it expects stands next; after a step
/// that says no, the place is undefined. Whatever passes is JSON as <see cref="Utf8JsonReader"/> takes it; some that this one takes does not pass,
/// such as names with escapes.
/// </summary>
/// <param name="utf8">The text.</param>
internal ref struct JsonCursor(ReadOnlySpan<byte> utf8)
{
    private const int LongestWhole = 15;

    // What ends a text or makes it one that is not as it stands.
    private static readonly SearchValues<byte> Ends = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(one => (byte)one)]);

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _at;

    /// <summary>Whether nothing but blanks follows.</summary>
    public bool IsAtEnd()
    {
        Skip();
        return _at == _utf8.Length;
    }

    /// <summary>The byte that comes next, blanks left out; 0 at the end.</summary>
    public byte Next()
    {
        Skip();
        return _at < _utf8.Length ? _utf8[_at] : (byte)0;
    }

    /// <summary>What comes next, blanks left out, up to the first brace that closes, which is among it; nothing when that is further away than said.</summary>
    public ReadOnlySpan<byte> Ahead(int most)
    {
        Skip();
        ReadOnlySpan<byte> near = _utf8.Slice(_at, Math.Min(most, _utf8.Length - _at));
        return near[..(near.IndexOf((byte)'}') + 1)];
    }

    /// <summary>Takes so many bytes that are known.</summary>
    public void Take(int known) => _at += known;

    /// <summary>Whether just these bytes were taken last.</summary>
    public readonly bool HasTaken(ReadOnlySpan<byte> last) => _at >= last.Length && _utf8[(_at - last.Length).._at] == last;

    /// <summary>Takes one byte if it is the next.</summary>
    public bool Take(char mark)
    {
        if (Next() != mark)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Begins an object or array; <paramref name="more"/> says whether it has a first member.</summary>
    public bool Begin(char open, char close, out bool more)
    {
        bool begun = Take(open);
        more = begun && !Take(close);
        return begun;
    }

    /// <summary>After a member: a comma and <paramref name="more"/>, or the end.</summary>
    public bool Go(char close, out bool more)
    {
        more = Take(',');
        return more || Take(close);
    }

    /// <summary>Takes a member's name and the colon.</summary>
    public bool Name(out ReadOnlySpan<byte> name) => Text(out name, out bool escaped) && !escaped && Take(':');

    /// <summary>Takes a member's name and the colon, and tells which of the names it is; -1 for none of them.</summary>
    /// <param name="names">The names in quotes, each with its colon.</param>
    /// <param name="next">The one that is tried first: senders mostly keep to one order.</param>
    public int Member(byte[][] names, int next)
    {
        Skip();
        for (int tried = 0; tried < names.Length; tried++)
        {
            int number = next + tried < names.Length ? next + tried : next + tried - names.Length;
            if (_utf8[_at..].StartsWith(names[number]))
            {
                _at += names[number].Length;
                return number;
            }
        }

        return Name(out ReadOnlySpan<byte> name) ? IndexOf(name, names) : -1;
    }

    /// <summary>Takes a text, and gives what stands between its quotes.</summary>
    public bool Text(out ReadOnlySpan<byte> inside, out bool escaped)
    {
        inside = default;
        escaped = false;
        if (!Take('"'))
        {
            return false;
        }

        int start = _at;
        while (true)
        {
            int end = _utf8[_at..].IndexOfAny(Ends);
            if (end < 0 || _utf8[_at + end] < ' ')
            {
                return false;
            }

            _at += end + 1;
            if (_utf8[_at - 1] == '"')
            {
                inside = _utf8[start..(_at - 1)];
                return true;
            }

            escaped = true;
            if (++_at > _utf8.Length)
            {
                return false;
            }
        }
    }

    /// <summary>Takes a word such as <c>null</c>.</summary>
    public bool Word(ReadOnlySpan<byte> word)
    {
        Skip();
        bool found = _utf8[_at..].StartsWith(word);
        _at += found ? word.Length : 0;
        return found;
    }

    /// <summary>Takes a finite number.</summary>
    public bool Number(out double number)
    {
        ReadOnlySpan<byte> text = NumberText();
        if (text.Length is > 0 and <= LongestWhole && text[0] is >= (byte)'1' and <= (byte)'9' && Whole(text, out long whole))
        {
            number = whole;
            return true;
        }

        number = 0;
        var json = new Utf8JsonReader(text);
        return text.Length > 0 && json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetDouble(out number) && double.IsFinite(number) && !json.Read();
    }

    /// <summary>Takes a whole number.</summary>
    public bool Whole(out long number)
    {
        ReadOnlySpan<byte> text = NumberText();
        number = 0;
        var json = new Utf8JsonReader(text);
        return text.Length > 0 && json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out number) && !json.Read();
    }

    private static int IndexOf(ReadOnlySpan<byte> name, byte[][] names)
    {
        for (int number = 0; number < names.Length; number++)
        {
            if (name.SequenceEqual(names[number].AsSpan()[1..^2]))
            {
                return number;
            }
        }

        return -1;
    }

    private static bool Whole(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (10 * number) + (digit - '0');
        }

        return true;
    }

    /// <summary>The bytes up to what can stand after a number.</summary>
    private ReadOnlySpan<byte> NumberText()
    {
        Skip();
        int start = _at;
        while (_at < _utf8.Length && _utf8[_at] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
        {
            _at++;
        }

        return _utf8[start.._at];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Skip()
    {
        // Mostly there is none.
        if (_at < _utf8.Length && _utf8[_at] <= ' ')
        {
            SkipBlanks();
        }
    }

    private void SkipBlanks()
    {
        while (_at < _utf8.Length && _utf8[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }
}
