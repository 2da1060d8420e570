using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LeadPredict.Storage.Sqlite;

/// <summary>What SQLite knows of the file behind a connection.</summary>
internal static class SqliteFiles
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED of https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html.</summary>
    private const int Moved = 20;

    /// <summary>Whether the file is gone from its place, or another is there. False where the system does not let files be moved that are open.</summary>
    public static bool HasMoved(SqliteConnection connection) =>
        connection.Handle is { } handle && FileControl(handle, null, Moved, out int moved) == 0 && moved != 0;

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(sqlite3 connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string? database, int operation, out int answer);
}
