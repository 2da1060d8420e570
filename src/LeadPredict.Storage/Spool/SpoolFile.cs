using LeadPredict.Storage.Errors;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Storage.Spool;

/// <summary>A temporary file that nobody else can open and that is gone with the process, however it ends. Several threads may write and read at once.</summary>
internal sealed class SpoolFile : IDisposable
{
    /// <summary>What its name begins with.</summary>
    public const string Name = "leadpredict-spool-";

    private readonly SafeFileHandle _file;
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

    /// <summary>Writes bytes after all others and says where.</summary>
    /// <exception cref="SpoolException">There is no more room.</exception>
    public long Write(ReadOnlySpan<byte> bytes)
    {
        long at = Interlocked.Add(ref _end, bytes.Length) - bytes.Length;
        try
        {
            RandomAccess.Write(_file, bytes, at);
            return at;
        }
        catch (IOException full)
        {
            throw new SpoolException(Path.GetTempPath(), full);
        }
    }

    /// <summary>Reads bytes that were written.</summary>
    public void Read(Span<byte> bytes, long at)
    {
        for (int read = 0; read < bytes.Length;)
        {
            int more = RandomAccess.Read(_file, bytes[read..], at + read);
            read += more > 0 ? more : throw new EndOfStreamException("a temporary file ended before what was written to it");
        }
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
}
