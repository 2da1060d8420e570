using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadPredict.Storage.Spool;

namespace LeadPredict.Storage.Scores;

/// <summary>
/// Scores that wait in files for a store that is slower than they come, or away: pages are added at the end and taken from the beginning, in order.
/// What a process left is taken over by the next that opens the folder. For one thread at a time.
/// </summary>
public sealed class ScoreSpool : IDisposable
{
    private const string Prefix = "scores-";
    private const string Suffix = ".spool";
    private const long SmallestFile = 1 << 20;
    private const long LargestFile = 64 << 20;

    // So much of the disk is left to others.
    private const long Reserve = 1L << 30;

    private readonly string _folder;
    private readonly long _fileBytes;
    private readonly List<ScoreSpoolFile> _files = [];
    private readonly PackedRow _page = new();
    private byte[] _read = [];
    private long _number;
    private long _bytes;
    private int _waiting;
    private (long Place, int Scores)? _peeked;

    private ScoreSpool(string folder, long most)
    {
        (_folder, Most) = (folder, most);
        _fileBytes = Math.Clamp(most / 16, SmallestFile, LargestFile);
    }

    /// <summary>How many bytes the files may have.</summary>
    public long Most { get; }

    /// <summary>How many they have. Safe on any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many scores wait. Safe on any thread.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>The folder for a store where none is named: beside a SQLite file, for PostgreSQL in the folder for temporary files.</summary>
    /// <param name="connection">The store's connection text.</param>
    /// <exception cref="Errors.StoreConnectionException">The text names no store that is known here.</exception>
    public static string FolderFor(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (HistoryStores.SqliteFile(connection) is { } file)
        {
            return Path.GetFullPath(file) + ".score-spool";
        }

        byte[] whose = SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.UserName}\n{HistoryStores.Shown(connection)}"));
        return Path.Combine(Path.GetTempPath(), "leadpredict-scores-" + Convert.ToHexStringLower(whose.AsSpan(0, 8)));
    }

    /// <summary>Opens a folder, made where there is none for its owner alone, and takes over what ended processes left in it.</summary>
    /// <param name="folder">The folder. Several processes may have the same.</param>
    /// <param name="most">How many bytes the files may have.</param>
    /// <exception cref="IOException">It cannot be written to, or others can write to it too.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be opened.</exception>
    public static ScoreSpool Open(string folder, long most)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if ((File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            {
                throw new IOException($"'{folder}' can be written by others; expected a folder of the service's own");
            }
        }

        var spool = new ScoreSpool(folder, most);
        foreach (string path in Directory.GetFiles(folder, Prefix + "*" + Suffix).Order(StringComparer.Ordinal))
        {
            string number = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            spool._number = Math.Max(spool._number, long.TryParse(number, CultureInfo.InvariantCulture, out long taken) ? taken : 0);
            if (ScoreSpoolFile.TryTakeOver(path) is { } left)
            {
                spool._files.Add(left);
            }
        }

        spool.Count();
        return spool;
    }

    /// <summary>Adds a page; false when there is no room for it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="anyway">Whether it may go beyond <see cref="Most"/>, for the last pages of a process that ends.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public bool TryAppend(ScorePage page, bool anyway = false)
    {
        ArgumentNullException.ThrowIfNull(page);
        return TryAppend(page.Packed, page.Count, anyway);
    }

    /// <summary>Adds scores as a page; false when there is no room for it.</summary>
    /// <param name="scores">The scores of the page.</param>
    /// <param name="anyway">As for a page that is packed.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public bool TryAppend(IReadOnlyList<LoggedScore> scores, bool anyway = false)
    {
        ArgumentNullException.ThrowIfNull(scores);
        _page.Clear();
        foreach (LoggedScore score in scores)
        {
            ScorePacking.Write(_page, score);
        }

        return TryAppend(_page.Bytes, scores.Count, anyway);
    }

    /// <summary>
    /// The scores of the oldest pages, which stay until <see cref="Remove"/>; fewer when a page is not as it was written, none when none waits. Their
    /// answers lie in memory that is used again once they are removed.
    /// </summary>
    /// <param name="pages">At most so many pages.</param>
    public IReadOnlyList<LoggedScore> Peek(int pages)
    {
        List<LoggedScore> scores = [];
        while (_files.Count > 0)
        {
            ScoreSpoolFile oldest = _files[0];
            long place = oldest.Read(scores, pages, ref _read);
            if (scores.Count > 0)
            {
                _peeked = (place, scores.Count);
                break;
            }

            Drop(oldest);
        }

        Count();
        return scores;
    }

    /// <summary>Removes what <see cref="Peek"/> gave last: it is in the store.</summary>
    public void Remove()
    {
        if (_peeked is not { } peeked)
        {
            return;
        }

        _peeked = null;
        ScoreSpoolFile oldest = _files[0];
        oldest.MoveTo(peeked.Place, peeked.Scores);
        if (peeked.Place == oldest.End)
        {
            Drop(oldest);
        }

        Count();
    }

    /// <summary>Has the disk hold what was added.</summary>
    public void Flush() => _files.ForEach(file => file.Flush());

    /// <summary>Lets go of the files; what waits in them stays.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private bool TryAppend(ReadOnlySpan<byte> page, int scores, bool anyway)
    {
        if (scores == 0)
        {
            return true;
        }

        if (!anyway && _bytes + page.Length > Most)
        {
            return false;
        }

        if (_files.Count == 0 || _files[^1].End + page.Length > _fileBytes)
        {
            if (!anyway && new DriveInfo(_folder).AvailableFreeSpace < Reserve)
            {
                return false;
            }

            string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++_number:D12}-{Path.GetRandomFileName()}{Suffix}");
            _files.Add(ScoreSpoolFile.Create(Path.Combine(_folder, name)));
        }

        _files[^1].Append(page, scores);
        Count();
        return true;
    }

    private void Drop(ScoreSpoolFile file)
    {
        _files.Remove(file);
        file.Delete();
    }

    private void Count()
    {
        Volatile.Write(ref _bytes, _files.Sum(file => file.End));
        Volatile.Write(ref _waiting, _files.Sum(file => file.Waiting));
    }
}
