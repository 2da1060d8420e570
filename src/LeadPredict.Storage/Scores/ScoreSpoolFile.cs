using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Storage.Scores;

/// <summary>
/// One file of a <see cref="ScoreSpool"/>: where its first page is that still waits, then pages one after the other, each with its length, its number of
/// scores and a checksum before it. Nobody else has it open: who takes over what a process left cannot take what a living one writes.
/// </summary>
internal sealed class ScoreSpoolFile : IDisposable
{
    private const ulong Format = 0x31_50_53_45_52_4F_43_53; // SCORESP1
    private const int Start = 16;
    private const int PageStart = 16;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private long _head = Start;

    private ScoreSpoolFile(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Its length.</summary>
    public long End { get; private set; } = Start;

    /// <summary>How many scores wait in it.</summary>
    public int Waiting { get; private set; }

    /// <summary>Makes one that only its owner can read.</summary>
    public static ScoreSpoolFile Create(string path)
    {
        var file = new ScoreSpoolFile(path, Open(path, FileMode.CreateNew));
        try
        {
            file.WriteStart();
            return file;
        }
        catch (IOException)
        {
            file.Delete();
            throw;
        }
    }

    /// <summary>Takes over one that a process left, without a last page that is not whole; null when it is in use or not of this format.</summary>
    public static ScoreSpoolFile? TryTakeOver(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = Open(path, FileMode.Open);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        Span<byte> start = stackalloc byte[Start];
        if (RandomAccess.Read(handle, start, 0) < Start
            || BinaryPrimitives.ReadUInt64LittleEndian(start) != Format
            || BinaryPrimitives.ReadInt64LittleEndian(start[8..]) < Start)
        {
            handle.Dispose();
            return null;
        }

        var file = new ScoreSpoolFile(path, handle) { _head = BinaryPrimitives.ReadInt64LittleEndian(start[8..]) };
        long length = RandomAccess.GetLength(handle);
        file.End = file._head;
        while (file.Page(file.End) is { } page && file.End + PageStart + page.Length <= length)
        {
            file.End += PageStart + page.Length;
            file.Waiting += page.Scores;
        }

        return file;
    }

    /// <summary>Adds a page. Its start is written last: without it the page is not there.</summary>
    public void Append(ReadOnlySpan<byte> page, int scores)
    {
        Span<byte> start = stackalloc byte[PageStart];
        BinaryPrimitives.WriteInt32LittleEndian(start, page.Length);
        BinaryPrimitives.WriteInt32LittleEndian(start[4..], scores);
        BinaryPrimitives.WriteUInt32LittleEndian(start[8..], ScorePacking.Checksum(scores, page));
        RandomAccess.Write(_file, page, End + PageStart);
        RandomAccess.Write(_file, start, End);
        End += PageStart + page.Length;
        Waiting += scores;
    }

    /// <summary>Reads waiting pages, the oldest first, and says where the next one begins; what is not as it was written is left out with all that follows.</summary>
    /// <param name="into">Takes the scores.</param>
    /// <param name="most">At most so many pages.</param>
    /// <param name="room">Where they are read to: what it held is overwritten; replaced where it is too small.</param>
    public long Read(List<LoggedScore> into, int most, ref byte[] room)
    {
        long at = _head;
        int filled = 0;
        for (int pages = 0; pages < most && at < End; pages++)
        {
            (int length, int scores, uint sum) = Page(at)!.Value;
            if (length > room.Length - filled)
            {
                // What was read before stays where it is, for its scores.
                (room, filled) = (GC.AllocateUninitializedArray<byte>(Math.Max(most * ScorePage.Bytes, length)), 0);
            }

            Memory<byte> page = room.AsMemory(filled, length);
            filled += length;
            if (RandomAccess.Read(_file, page.Span, at + PageStart) < length || ScorePacking.Checksum(scores, page.Span) != sum)
            {
                Waiting = into.Count;
                return End = at;
            }

            ScorePacking.Read(page, into);
            at += PageStart + length;
        }

        return at;
    }

    /// <summary>Says that pages before this place wait no more, being in the store.</summary>
    public void MoveTo(long place, int scores)
    {
        _head = place;
        Waiting -= scores;
        WriteStart();
    }

    public void Flush() => RandomAccess.FlushToDisk(_file);

    /// <summary>Removes it.</summary>
    public void Delete()
    {
        File.Delete(_path);
        _file.Dispose();
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options).SafeFileHandle;
    }

    private (int Length, int Scores, uint Sum)? Page(long at)
    {
        Span<byte> start = stackalloc byte[PageStart];
        return RandomAccess.Read(_file, start, at) == PageStart && BinaryPrimitives.ReadInt32LittleEndian(start) is > 0 and var length
            ? (length, BinaryPrimitives.ReadInt32LittleEndian(start[4..]), BinaryPrimitives.ReadUInt32LittleEndian(start[8..]))
            : null;
    }

    private void WriteStart()
    {
        Span<byte> start = stackalloc byte[Start];
        BinaryPrimitives.WriteUInt64LittleEndian(start, Format);
        BinaryPrimitives.WriteInt64LittleEndian(start[8..], _head);
        RandomAccess.Write(_file, start, 0);
    }
}
