using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>A SQLite file: write-ahead log, references enforced, waits up to 30 seconds for another writer.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly string _connectionString;

    /// <summary>Open as long as the store is, to tell whether its file is still the one that was opened.</summary>
    private readonly SqliteConnection _first;
    private volatile bool _isClosed;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    private SqliteDatabase(string path, string connectionString)
    {
        Path = path;
        _connectionString = connectionString;
        _first = new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Opens the file, makes it where there is none and <paramref name="create"/> says so, and brings its tables up to date.</summary>
    /// <exception cref="StoreNotFoundException">There is no such file, and none is to be made.</exception>
    /// <exception cref="StoreFormatException">It is a folder, or something else than a store.</exception>
    /// <exception cref="StoreFileException">It cannot be read or written.</exception>
    public static SqliteDatabase Open(string file, bool create)
    {
        string path = System.IO.Path.GetFullPath(file);
        if (Directory.Exists(path))
        {
            throw new StoreFormatException(path, "it is a folder");
        }

        if (!File.Exists(path))
        {
            if (!create)
            {
                throw new StoreNotFoundException(path);
            }

            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        }

        var database = new SqliteDatabase(path, new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            return SqliteFaults.Guard(path, () =>
            {
                database._first.Open();
                using SqliteCommand log = database._first.CreateCommand();
                log.CommandText = "PRAGMA journal_mode = WAL";
                log.ExecuteNonQuery();
                SqliteMigrator.Migrate(database._first, path, Migration.Of("Sqlite"));
                return database;
            });
        }
        catch (Exception fault)
        {
            database.Dispose();
            if (fault is StoreFileException { InnerException: SqliteException { SqliteErrorCode: SqliteFaults.NotADatabase } })
            {
                throw new StoreFormatException(path, "it is not a SQLite database", fault);
            }

            throw;
        }
    }

    /// <summary>A connection of its own, from the pool.</summary>
    /// <exception cref="StoreFileException">The file was replaced or moved: what is written would be lost with the old one, or spoil the new one.</exception>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public SqliteConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(IHistoryStore));
        Demand(_first);
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        try
        {
            // One from the pool may be of a file that was there before.
            Demand(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return connection;
    }

    /// <summary>Writes the file anew, so that nothing deleted is left in its free pages or in its log. Takes as long as copying it, and as much room.</summary>
    /// <param name="patience">How long to wait for those who still read what was there before.</param>
    /// <exception cref="StoreFileException">There is no room, somebody else writes or goes on reading, or the file cannot be used.</exception>
    public void Compact(TimeSpan patience) => SqliteFaults.Guard(Path, () =>
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand compact = connection.CreateCommand();
        compact.CommandText = "VACUUM";
        bool isEmpty;
        try
        {
            compact.ExecuteNonQuery();
        }
        finally
        {
            // Also where it failed: it may be the log that has filled the disk.
            isEmpty = EmptyLog(connection, patience);
        }

        return isEmpty ? true : throw new StoreFileException(Path, "others read from it; wait until they have done");
    });

    /// <summary>Writes the log into the file and cuts it off, so that nothing is left there of what was deleted; while others still read what was there before, not yet.</summary>
    /// <param name="connection">The connection, outside a transaction.</param>
    /// <param name="patience">How long to wait for them.</param>
    /// <returns>Whether it is empty.</returns>
    public static bool EmptyLog(SqliteConnection connection, TimeSpan patience)
    {
        using SqliteCommand empty = connection.CreateCommand();
        empty.CommandText = $"PRAGMA busy_timeout = {(long)patience.TotalMilliseconds}";
        empty.ExecuteNonQuery();
        empty.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        bool isBusy = (long)empty.ExecuteScalar()! != 0;
        empty.CommandText = "PRAGMA busy_timeout = 0";
        empty.ExecuteNonQuery();
        return !isBusy;
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        _isClosed = true;
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        _first.Dispose();
    }

    private void Demand(SqliteConnection connection)
    {
        if (SqliteFiles.HasMoved(connection))
        {
            throw new StoreFileException(
                Path, "the file was replaced or moved while it was open; stop the service, then put the file in place (with its -wal and -shm removed) and start again")
            {
                IsMoved = true,
            };
        }
    }
}
