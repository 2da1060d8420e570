using System.Buffers;

namespace LeadPredict.Storage.Spool;

/// <summary>
/// The rows of one table in a file. They come mixed, and those of each part are laid together: gathered in memory, and written when there are
/// many. Filled by one thread; read by many after that.
/// </summary>
internal sealed class SpoolSheet(SpoolFile file)
{
    /// <summary>What a sheet gathers in memory takes no more than this in all, unless there are so many parts that <see cref="LeastBuffer"/> matters.</summary>
    private const int MostBuffered = 32 << 20;

    private const int LeastBuffer = 4 << 10;
    private const int MostBuffer = 64 << 10;

    /// <summary>Two numbers take no more.</summary>
    private const int MostHead = 20;

    private readonly List<List<(long At, int Length)>> _pieces = [];
    private (byte[] Bytes, int Length)[] _gathered = [];
    private int _buffer = MostBuffer;

    /// <summary>Begins, or goes on with rows of more parts; what came before is written.</summary>
    /// <param name="parts">How many parts the rows are of.</param>
    public void Begin(int parts)
    {
        Flush();
        _buffer = Math.Clamp(MostBuffered / Math.Max(1, parts), LeastBuffer, MostBuffer);
        _gathered = new (byte[], int)[parts];
        while (_pieces.Count < parts)
        {
            _pieces.Add([]);
        }
    }

    /// <summary>Adds a row to a part, after its lead's place there and its length.</summary>
    public void Append(int part, int lead, ReadOnlySpan<byte> row)
    {
        ref (byte[] Bytes, int Length) gathered = ref _gathered[part];
        gathered.Bytes ??= new byte[_buffer];
        if (gathered.Length + MostHead + row.Length > gathered.Bytes.Length)
        {
            Write(part, gathered.Bytes.AsSpan(0, gathered.Length));
            gathered.Length = 0;
            if (MostHead + row.Length > gathered.Bytes.Length)
            {
                gathered.Bytes = new byte[MostHead + row.Length];
            }
        }

        Span<byte> room = gathered.Bytes.AsSpan(gathered.Length);
        int head = PackedRow.Write(room, (ulong)lead);
        head += PackedRow.Write(room[head..], (ulong)row.Length);
        row.CopyTo(room[head..]);
        gathered.Length += head + row.Length;
    }

    /// <summary>Writes what is gathered still.</summary>
    public void Flush()
    {
        for (int part = 0; part < _gathered.Length; part++)
        {
            Write(part, _gathered[part].Bytes.AsSpan(0, _gathered[part].Length));
        }

        _gathered = [];
    }

    /// <summary>All rows of a part with their heads, in the order in which they came, in memory lent by the shared pool. Once all is flushed.</summary>
    public (byte[] Lent, int Length) Read(int part)
    {
        List<(long At, int Length)> pieces = part < _pieces.Count ? _pieces[part] : [];
        int total = pieces.Sum(piece => piece.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(total);
        int filled = 0;
        foreach ((long at, int length) in pieces)
        {
            file.Read(bytes.AsSpan(filled, length), at);
            filled += length;
        }

        return (bytes, total);
    }

    private void Write(int part, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            _pieces[part].Add((file.Write(bytes), bytes.Length));
        }
    }
}
