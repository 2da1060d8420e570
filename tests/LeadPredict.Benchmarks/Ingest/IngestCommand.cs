using System.Diagnostics;
using System.Globalization;
using LeadPredict.Benchmarks.Peers;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing.Postgres;
using Npgsql;

namespace LeadPredict.Benchmarks.Ingest;

/// <summary>
/// <c>ingest --rows N</c>: appends touches to an empty store on SQLite, to one on PostgreSQL, and copies the same rows into the same
/// table by plain COPY, and sends them over HTTP in batches of 500; prints the rates, those of reading all back, and ours over COPY's. A small
/// round goes before, uncounted.
/// </summary>
internal static class IngestCommand
{
    private const int HttpBatch = 500;
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
        List<Round> rounds = [];
        for (int time = 0; time < (Number("--times") ?? 3); time++)
        {
            rounds.Add(await RoundAsync(cluster, rows, batch));
        }

        double Middle(Func<Round, double> figure) => PeerFigures.Middle(rounds.Select(figure));
        void Line(string text) => Console.WriteLine(text);
        Line(string.Create(CultureInfo.InvariantCulture, $"{rows} touches of {rows / 20} leads in batches of {batch}, medians of {rounds.Count}, rows a second"));
        Line("| | in | out |");
        Line("| --- | ---: | ---: |");
        Line(string.Create(CultureInfo.InvariantCulture, $"| SQLite | {Middle(round => round.Sqlite.In):0} | {Middle(round => round.Sqlite.Out):0} |"));
        Line(string.Create(CultureInfo.InvariantCulture, $"| PostgreSQL | {Middle(round => round.Postgres.In):0} | {Middle(round => round.Postgres.Out):0} |"));
        Line(string.Create(CultureInfo.InvariantCulture, $"| PostgreSQL over HTTP, batches of {HttpBatch} | {Middle(round => round.Http):0} | |"));
        Line(string.Create(CultureInfo.InvariantCulture, $"| plain COPY | {Middle(round => round.Copy):0} | |"));
        double[] ratios = [.. rounds.Select(round => round.Postgres.In / round.Copy).Order()];
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL over plain COPY, round by round: {ratios[0]:0.00} to {ratios[^1]:0.00}, median {PeerFigures.Middle(ratios):0.00}, goal at least 0.50"));
        double[] http = [.. rounds.Select(round => round.Http / round.Copy).Order()];
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP over plain COPY, round by round: {http[0]:0.00} to {http[^1]:0.00}, median {PeerFigures.Middle(http):0.00}, goal at least 0.30"));
        return 0;
    }

    private static async Task<Round> RoundAsync(PostgresCluster cluster, int rows, int batch)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-ingest-");
        (double In, double Out) sqlite = await OursAsync("sqlite:" + Path.Combine(folder.FullName, "history.db"), rows, batch);
        folder.Delete(recursive: true);
        (double In, double Out) postgres = await OursAsync(await cluster.CreateDatabaseAsync(), rows, batch);
        double http = await HttpAsync(await cluster.CreateDatabaseAsync(), rows);
        return new(sqlite, postgres, http, await CopyAsync(await cluster.CreateDatabaseAsync(), rows, batch));
    }

    private static async Task<(double In, double Out)> OursAsync(string connection, int rows, int batch)
    {
        await using IHistoryStore store = await OpenAsync(connection, rows);
        double written = await RateAsync(rows, batch, part => store.AppendAsync(part));
        long started = Stopwatch.GetTimestamp();
        int read = 0;
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            read += account.Leads.Sum(lead => lead.Touches.Count);
        }

        return (written, read / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task<double> HttpAsync(string connection, int rows)
    {
        await using IHistoryStore store = await OpenAsync(connection, rows);
        return await HttpIngest.RateAsync(store, rows, HttpBatch);
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

    /// <summary>Rows a second of one round.</summary>
    private sealed record Round((double In, double Out) Sqlite, (double In, double Out) Postgres, double Http, double Copy);
}
