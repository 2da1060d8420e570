using System.Buffers;
using LeadPredict.Storage.Errors;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Storage.Spool;

/// <summary>
/// Rows of many parts that come mixed, each part's laid together: they are gathered in memory and written to a temporary file that nobody
/// else can open and that is gone with the process, however it ends.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    /// <summary>What is gathered in memory takes no more than this in all, unless there are so many parts that <see cref="LeastBuffer"/> matters.</summary>
    private const int MostBuffered = 32 << 20;

    /// <summary>What its name begins with.</summary>
    public const string Name = "leadpredict-spool-";

    private const int LeastBuffer = 4 << 10;
    private const int MostBuffer = 64 << 10;
    private readonly SafeFileHandle _file;
    private readonly Dictionary<(SpoolTables Table, int Part), List<(long At, int Length)>> _pieces = [];
    private (byte[] Bytes, int Length)[] _gathered = [];
    private SpoolTables _table;
    private int _buffer = MostBuffer;
    private long _end;

    /// <exception cref="SpoolException">It cannot be made.</exception>
    public SpoolFile()
    {
        try
        {
            _file = Open();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException(Path.GetTempPath(), fault);
        }
    }

    /// <summary>Begins the rows of a table, or goes on with them in more parts; what came before is written.</summary>
    /// <param name="table">Its number.</param>
    /// <param name="parts">How many parts its rows are of.</param>
    public void Begin(SpoolTables table, int parts)
    {
        Flush();
        _table = table;
        _buffer = Math.Clamp(MostBuffered / Math.Max(1, parts), LeastBuffer, MostBuffer);
        _gathered = new (byte[], int)[parts];
    }

    /// <summary>Adds bytes to a part of the table at hand.</summary>
    public void Append(int part, ReadOnlySpan<byte> bytes)
    {
        ref (byte[] Bytes, int Length) gathered = ref _gathered[part];
        gathered.Bytes ??= new byte[_buffer];
        if (gathered.Length + bytes.Length > gathered.Bytes.Length)
        {
            Write(part, gathered.Bytes.AsSpan(0, gathered.Length));
            gathered.Length = 0;
            if (bytes.Length > gathered.Bytes.Length)
            {
                Write(part, bytes);
                return;
            }
        }

        bytes.CopyTo(gathered.Bytes.AsSpan(gathered.Length));
        gathered.Length += bytes.Length;
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

    /// <summary>All bytes of a part of a table, in the order in which they came, in memory lent by the shared pool. Safe on several threads once all is flushed.</summary>
    public (byte[] Lent, int Length) Read(SpoolTables table, int part)
    {
        List<(long At, int Length)> pieces = _pieces.GetValueOrDefault((table, part), []);
        int total = pieces.Sum(piece => piece.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(total);
        int filled = 0;
        foreach ((long at, int length) in pieces)
        {
            for (int read = 0; read < length;)
            {
                int more = RandomAccess.Read(_file, bytes.AsSpan(filled + read, length - read), at + read);
                read += more > 0 ? more : throw new EndOfStreamException("a temporary file ended before what was written to it");
            }

            filled += length;
        }

        return (bytes, total);
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open()
    {
        string path = Path.Combine(Path.GetTempPath(), Name + Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options).SafeFileHandle;
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        SafeFileHandle file = new FileStream(path, options).SafeFileHandle;
        File.Delete(path); // The file stays for who has it open, and has no name from now on.
        return file;
    }

    private void Write(int part, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        try
        {
            RandomAccess.Write(_file, bytes, _end);
        }
        catch (IOException full)
        {
            throw new SpoolException(Path.GetTempPath(), full);
        }

        if (!_pieces.TryGetValue((_table, part), out List<(long, int)>? pieces))
        {
            _pieces.Add((_table, part), pieces = []);
        }

        pieces.Add((_end, bytes.Length));
        _end += bytes.Length;
    }
}
