using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>A SQLite file: write-ahead log, references enforced, waits up to 30 seconds for another writer.</summary>
internal sealed class SqliteDatabase
{
    private const int NotADatabase = 26;
    private readonly string _connectionString;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    private SqliteDatabase(string path, string connectionString)
    {
        Path = path;
        _connectionString = connectionString;
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
                using SqliteConnection connection = database.Connect();
                using SqliteCommand log = connection.CreateCommand();
                log.CommandText = "PRAGMA journal_mode = WAL";
                log.ExecuteNonQuery();
                SqliteMigrator.Migrate(connection, path, Migration.Of("Sqlite"));
                return database;
            });
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == NotADatabase)
        {
            throw new StoreFormatException(path, "it is not a SQLite database", fault);
        }
    }

    /// <summary>A connection of its own, from the pool.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Writes the file anew, so that nothing deleted is left in its free pages or in its log. Takes as long as copying it.</summary>
    public void Compact()
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand compact = connection.CreateCommand();
        compact.CommandText = "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)";
        compact.ExecuteNonQuery();
    }

    /// <summary>Lets go of the file.</summary>
    public void Release()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
