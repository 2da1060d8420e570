using Dapper;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Tests.Sqlite;

/// <summary>Spoils pages of a SQLite file, as a disk does.</summary>
public static class SpoiltPages
{
    /// <summary>Spoils the first page of every table and index that a condition on SQLite's list of them names.</summary>
    public static async Task SpoilAsync(string file, string which)
    {
        int size;
        long[] pages;
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            size = await connection.ExecuteScalarAsync<int>("PRAGMA page_size");
            pages = [.. await connection.QueryAsync<long>($"SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 AND {which}")];
        }

        await using FileStream stream = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        byte[] spoilt = [.. Enumerable.Repeat((byte)0xAB, size)];
        foreach (long page in pages)
        {
            stream.Position = (page - 1) * size;
            await stream.WriteAsync(spoilt);
        }
    }

    /// <summary>Adds a table and spoils it: only who writes the whole file anew meets it.</summary>
    public static async Task AddAsync(string file)
    {
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.ExecuteAsync("CREATE TABLE in_the_way (a)");
        }

        await SpoilAsync(file, "name = 'in_the_way'");
    }
}
