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
    private readonly string _whose;
    private readonly long _fileBytes;
    private readonly List<ScoreSpoolFile> _files = [];
    private readonly PackedRow _page = new();
    private byte[] _read = [];
    private bool _lastIsOwn;
    private long _number;
    private long _bytes;
    private int _waiting;
    private (long Place, int Scores)? _peeked;

    private ScoreSpool(string folder, long most, string? whose)
    {
        (_folder, Most, _whose) = (folder, most, whose is null ? "" : $"-{Hash(whose)[..8]}");
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

        return Path.Combine(Path.GetTempPath(), "leadpredict-scores-" + Hash($"{Environment.UserName}\n{WhoseFor(connection)}"));
    }

    /// <summary>What tells the files of a store in a folder that several may have: the whole path of a SQLite file, else host, database and schema.</summary>
    /// <param name="connection">The store's connection text.</param>
    /// <exception cref="Errors.StoreConnectionException">The text names no store that is known here.</exception>
    public static string WhoseFor(string connection) =>
        HistoryStores.SqliteFile(connection) is { } file ? Path.GetFullPath(file) : HistoryStores.Shown(connection);

    /// <summary>Opens a folder, made where there is none for its owner alone, and takes over what ended processes left in it.</summary>
    /// <param name="folder">The folder. Several processes may have the same.</param>
    /// <param name="most">How many bytes the files may have.</param>
    /// <param name="whose">The store, as <see cref="WhoseFor"/> says: what waits for others stays theirs. Null where the folder is one store's alone.</param>
    /// <exception cref="IOException">It cannot be written to, or others can write to it too.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be opened.</exception>
    public static ScoreSpool Open(string folder, long most, string? whose = null)
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

        var spool = new ScoreSpool(folder, most, whose);
        foreach (string path in Directory.GetFiles(folder, Prefix + "*" + Suffix).Order(StringComparer.Ordinal))
        {
            // Number, random, and the store's where the folder may be others' too; earlier versions did not say whose.
            string[] name = Path.GetFileName(path)[Prefix.Length..^Suffix.Length].Split('-');
            spool._number = Math.Max(spool._number, long.TryParse(name[0], CultureInfo.InvariantCulture, out long taken) ? taken : 0);
            string theirs = name.Length < 3 ? "" : $"-{name[2]}";
            if ((whose is null || theirs == "" || theirs == spool._whose) && ScoreSpoolFile.TryTakeOver(path) is { } left)
            {
                spool._files.Add(left);
                spool._lastIsOwn = theirs == spool._whose;
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

        if (_files.Count == 0 || !_lastIsOwn || _files[^1].End + page.Length > _fileBytes)
        {
            if (!anyway && new DriveInfo(_folder).AvailableFreeSpace < Reserve)
            {
                return false;
            }

            string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++_number:D12}-{Path.GetRandomFileName()}{_whose}{Suffix}");
            _files.Add(ScoreSpoolFile.Create(Path.Combine(_folder, name)));
            _lastIsOwn = true;
        }

        _files[^1].Append(page, scores);
        Count();
        return true;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

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
