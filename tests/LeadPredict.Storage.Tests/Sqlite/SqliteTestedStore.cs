using Dapper;
using LeadPredict.Storage.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Tests.Sqlite;

/// <summary>A store in a file of a folder that goes with it.</summary>
public sealed class SqliteTestedStore : TestedStore
{
    private readonly StoreFolder _folder = new();

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    public override Task<IHistoryStore> OpenEmptyAsync() => HistoryStores.OpenAsync(_folder.Connection("history.db"), create: true);

    public override async Task<string> SchemaAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("history.db")};Pooling=False");
        return string.Join('\n', await connection.QueryAsync<string?>("SELECT sql FROM sqlite_schema ORDER BY name"));
    }

    public override async Task<IReadOnlyList<string>> TablesAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("history.db")};Pooling=False");
        return [.. await connection.QueryAsync<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")];
    }

    public override async Task<string> EverythingAsync()
    {
        var bytes = new System.Text.StringBuilder();
        foreach (string file in new[] { "history.db", "history.db-wal" }.Select(_folder.File).Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            bytes.Append(await reader.ReadToEndAsync());
        }

        return bytes.ToString();
    }

    public override async Task RunAsync(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("history.db")};Pooling=False");
        await connection.ExecuteAsync(statement);
    }
}
