using System.Buffers.Binary;
using System.Text;

namespace LeadPredict.Storage.Spool;

/// <summary>A row on its way into a spool: numbers in as few bytes as they need, texts of a pool by their number. It grows as needed and is used again.</summary>
internal sealed class PackedRow
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Writes a number, smaller ones in fewer bytes, and returns in how many: 1 to 10.</summary>
    public static int Write(Span<byte> room, ulong value)
    {
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[length++] = (byte)(value | 0x80);
        }

        room[length++] = (byte)value;
        return length;
    }

    public void Number(ulong value) => _length += Write(Room(10), value);

    public void Number(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Number(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        _length += sizeof(double);
    }

    /// <summary>When it happened and when it was known, in microseconds.</summary>
    public void Instants(long occurredAt, long recordedAt)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), occurredAt);
        _length += sizeof(long);
        Number(recordedAt - occurredAt);
    }

    /// <summary>A text that hardly comes twice; as the other, without bytes of its own.</summary>
    public void Text(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length + 1);
        _length += Encoding.UTF8.GetBytes(text, Room(length));
    }

    /// <summary>A text that hardly comes twice.</summary>
    public void Text(CellText text)
    {
        Number(text.IsNull ? 0 : (ulong)text.Utf8.Length + 1);
        Append(text.Utf8);
    }

    /// <summary>A text that may be of the pool: 0 for none, 1 for one that the pool has no room for, else its number.</summary>
    public void Text<T>(CellText text, TextPool<T> pool)
    {
        if (text.IsNull)
        {
            Number(0UL);
        }
        else if (pool.FindOrAdd(text.Utf8) is >= 0 and var number)
        {
            Number((ulong)number + 2);
        }
        else
        {
            Number(1UL);
            Text(text);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        return _bytes.AsSpan(_length);
    }
}

/// <summary>A text as a store gives it, or none.</summary>
internal readonly ref struct CellText
{
    private CellText(ReadOnlySpan<byte> utf8, bool isNull)
    {
        Utf8 = utf8;
        IsNull = isNull;
    }

    public ReadOnlySpan<byte> Utf8 { get; }

    public bool IsNull { get; }

    public static CellText None => new([], isNull: true);

    public static CellText Of(ReadOnlySpan<byte> utf8) => new(utf8, isNull: false);

    public static CellText Of(string? text) => text is null ? None : Of(Encoding.UTF8.GetBytes(text));
}

/// <summary>Reads what <see cref="PackedRow"/> wrote, in the same order.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Left => _rest.Length;

    public ulong Unsigned()
    {
        if (_rest[0] < 0x80)
        {
            ulong small = _rest[0];
            _rest = _rest[1..];
            return small;
        }

        ulong value = 0;
        int read = 0;
        byte next;
        do
        {
            next = _rest[read];
            value |= (ulong)(next & 0x7F) << (7 * read++);
        }
        while (next >= 0x80);
        _rest = _rest[read..];
        return value;
    }

    public long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Both clocks.</summary>
    public (long OccurredAt, long RecordedAt) Instants()
    {
        long occurredAt = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return (occurredAt, occurredAt + Signed());
    }

    public double Double()
    {
        double value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
        _rest = _rest[sizeof(double)..];
        return value;
    }

    public string? Text() => Unsigned() is > 0 and var length ? Encoding.UTF8.GetString(Take((int)length - 1)) : null;

    public void SkipText()
    {
        if (Unsigned() is > 0 and var length)
        {
            Take((int)length - 1);
        }
    }

    /// <summary>What the pool holds, or is made of a text that it had no room for; the default for none.</summary>
    public T? Text<T>(TextPool<T> pool, Func<string, T> make) => Unsigned() switch
    {
        0 => default,
        1 => make(Text()!),
        var number => pool[(int)number - 2],
    };

    public ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
