using System.Diagnostics;
using System.Globalization;
using LeadPredict.Benchmarks.Peers;
using LeadPredict.Storage;
using LeadPredict.Testing.Postgres;
using Npgsql;

namespace LeadPredict.Benchmarks.Ingest;

/// <summary>
/// <c>ingest --rows N</c>: appends touches to an empty store on SQLite, to one on PostgreSQL, and copies the same rows into the same
/// table by plain COPY; prints the rates and ours over COPY's. Two small rounds of each go before, uncounted.
/// </summary>
internal static class IngestCommand
{
    private const string Usage = "ingest --rows N [--batch 5000] [--times 3]   (PostgreSQL's initdb and postgres must be installed)";

    public static async Task<int> RunAsync(string[] arguments)
    {
        int? Number(string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length
            && int.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
        if (Number("--rows") is not (> 0 and int rows) || PostgresCluster.SkipReason is not null)
        {
            Console.Error.WriteLine(PostgresCluster.SkipReason ?? Usage);
            return 1;
        }

        int batch = Number("--batch") ?? 5000;
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        await RoundAsync(cluster, Math.Min(rows, 20_000), batch);
        List<(double Sqlite, double Ours, double Copy)> rounds = [];
        for (int time = 0; time < (Number("--times") ?? 3); time++)
        {
            rounds.Add(await RoundAsync(cluster, rows, batch));
        }

        double sqlite = PeerFigures.Middle(rounds.Select(round => round.Sqlite));
        double ours = PeerFigures.Middle(rounds.Select(round => round.Ours));
        double copy = PeerFigures.Middle(rounds.Select(round => round.Copy));
        double ratio = PeerFigures.Middle(rounds.Select(round => round.Ours / round.Copy));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} touches of {rows / 20} leads in batches of {batch}, medians of {rounds.Count}, rows a second"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SQLite      {sqlite,9:0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL  {ours,9:0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plain COPY  {copy,9:0}   ours over COPY {ratio:0.00}, goal at least 0.50"));
        return 0;
    }

    private static async Task<(double Sqlite, double Ours, double Copy)> RoundAsync(PostgresCluster cluster, int rows, int batch)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-ingest-");
        double sqlite = await OursAsync("sqlite:" + Path.Combine(folder.FullName, "history.db"), rows, batch);
        folder.Delete(recursive: true);
        double ours = await OursAsync(await cluster.CreateDatabaseAsync(), rows, batch);
        return (sqlite, ours, await CopyAsync(await cluster.CreateDatabaseAsync(), rows, batch));
    }

    private static async Task<double> OursAsync(string connection, int rows, int batch)
    {
        await using IHistoryStore store = await OpenAsync(connection, rows);
        return await RateAsync(rows, batch, part => store.AppendAsync(part));
    }

    private static async Task<double> CopyAsync(string text, int rows, int batch)
    {
        await using IHistoryStore store = await OpenAsync(text, rows);
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync();
        return await RateAsync(rows, batch, part => PlainCopy.WriteAsync(connection, part));
    }

    private static async Task<IHistoryStore> OpenAsync(string connection, int rows)
    {
        IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true);
        await store.AppendAsync(new() { Leads = [.. DrawnTouches.Leads(rows)] });
        return store;
    }

    private static async Task<double> RateAsync(int rows, int batch, Func<HistoryBatch, Task> write)
    {
        var writing = new Stopwatch();
        foreach (HistoryBatch part in DrawnTouches.Batches(rows, batch))
        {
            writing.Start();
            await write(part);
            writing.Stop();
        }

        return rows / writing.Elapsed.TotalSeconds;
    }
}
