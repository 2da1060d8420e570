using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Outputs;

/// <summary>Where an output goes: a file that is written aside and takes its name when it is whole, or a stream that takes it as it comes.</summary>
internal sealed class OutputPlace
{
    private const int Buffer = 1 << 16;

    // What the runtime hands on where a file is held by another process: EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    // As many as Linux follows.
    private const int MostLinks = 40;

    private readonly string _path;

    private OutputPlace(string path, bool isStream)
    {
        _path = path;
        IsStream = isStream;
    }

    /// <summary>Whether it is a pipe, a device, or a file that this process was given open, such as <c>/dev/stdout</c>: none of them may be replaced.</summary>
    public bool IsStream { get; }

    /// <summary>Where a file is written until it is whole.</summary>
    public string Aside => _path + ".part";

    /// <summary>Looks where a name leads: what a link names is written, not the link.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    /// <exception cref="RefusalException">It is a folder.</exception>
    public static OutputPlace Of(string path)
    {
        if (SpecialFile.Is(path))
        {
            return new(path, isStream: true);
        }

        string end = Path.GetFullPath(path);
        for (int links = 0; new FileInfo(end).LinkTarget is { } target; links++)
        {
            // Links there stand for the files that a process has open.
            if (end.StartsWith("/dev/", StringComparison.Ordinal) || end.StartsWith("/proc/", StringComparison.Ordinal))
            {
                return new(path, isStream: true);
            }

            end = links < MostLinks ? Path.GetFullPath(target, Path.GetDirectoryName(end)!) : throw new IOException($"the links of {path} lead in a circle");
        }

        return Directory.Exists(end) ? throw new RefusalException($"{path} is a folder; expected the name of a file") : new(end, isStream: false);
    }

    /// <summary>Whether what is written here, or aside, takes the place of a file, by links of files or folders too.</summary>
    public bool Takes(string other) => !IsStream && Real(other) is var there && (Real(_path) == there || Real(Aside) == there);

    /// <summary>Where a name leads, by links of files or folders too.</summary>
    public static string Real(string path) => Real(path, MostLinks);

    private static string Real(string path, int links)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder)
        {
            return full;
        }

        string here = Path.Combine(Real(folder, links), Path.GetFileName(full));
        return links > 0 && new FileInfo(here).LinkTarget is { } target ? Real(Path.GetFullPath(target, Path.GetDirectoryName(here)!), links - 1) : here;
    }

    /// <summary>Opens the stream; a file that is open already is gone on with at its end.</summary>
    public FileStream OpenStream() => new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, Buffer);

    /// <summary>Opens what is written aside, for nobody to read who may not read the file that it replaces. It can be renamed and deleted while it is open.</summary>
    /// <exception cref="RefusalException">Another run writes there.</exception>
    public FileStream OpenAside(FileMode mode)
    {
        FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share, BufferSize = Buffer };
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(_path) | UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new(Aside, options);
        }
        catch (IOException fault) when (Held.Contains(fault.HResult))
        {
            throw new RefusalException($"another run writes {_path} at this time, in {Aside}: wait until it has ended, or name another file", fault);
        }
    }

    /// <summary>Gives what was written aside its name; the mode stays that of the file that was there.</summary>
    public void Replace()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            File.SetUnixFileMode(Aside, File.GetUnixFileMode(_path));
        }

        File.Move(Aside, _path, overwrite: true);
    }
}
