using System.Diagnostics;
using System.Globalization;
using System.Text;
using LeadPredict.Benchmarks.Peers;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Benchmarks.Ingest;

/// <summary><c>score-log</c>: how many scores a second SQLite and PostgreSQL take, batch by batch as the service writes them, each a transaction.</summary>
internal static class ScoreLogCommand
{
    private const int Rows = 40_000;
    private const int Batch = 650;
    private const int Rounds = 3;

    public static async Task<int> RunAsync()
    {
        if (PostgresCluster.SkipReason is { } missing)
        {
            Console.Error.WriteLine(missing);
            return 1;
        }

        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        List<(double Sqlite, double Postgres)> rates = [];
        for (int round = -1; round < Rounds; round++)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-score-log-");
            double sqlite = await RateAsync("sqlite:" + Path.Combine(folder.FullName, "leads.db"));
            folder.Delete(recursive: true);
            double postgres = await RateAsync(await cluster.CreateDatabaseAsync());
            if (round >= 0)
            {
                rates.Add((sqlite, postgres));
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Rows} scores in batches of {Batch}, medians of {Rounds}, scores a second: SQLite {PeerFigures.Middle(rates.Select(rate => rate.Sqlite)):0}, PostgreSQL {PeerFigures.Middle(rates.Select(rate => rate.Postgres)):0}"));
        return 0;
    }

    private static async Task<double> RateAsync(string connection)
    {
        await using (IHistoryStore tables = await HistoryStores.OpenAsync(connection, create: true))
        {
        }

        await using OperationsStore store = await OperationsStore.OpenAsync(connection, create: true);
        LoggedScore[][] batches = [.. Enumerable.Range(0, Rows).Select(Score).Chunk(Batch)];
        long started = Stopwatch.GetTimestamp();
        foreach (LoggedScore[] batch in batches)
        {
            await store.Scores.AppendAsync(batch);
        }

        return Rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static LoggedScore Score(int number) => new()
    {
        At = DateTimeOffset.UnixEpoch.AddDays(20_000).AddMilliseconds(number),
        LeadId = $"lead-{number % 1_000}",
        AsOf = DateTimeOffset.UnixEpoch.AddDays(20_000),
        Model = "leads",
        Version = 1,
        Hash = new string('d', 64),
        Role = "champion",
        Origin = "served",
        Fingerprint = number.ToString("x32", CultureInfo.InvariantCulture),
        Stage = "MarketingQualified",
        Score = number % 101,
        Grade = "B",
        Points = number % 100,
        Sql = number % 97 / 97.0,
        CloseGivenSql = number % 89 / 89.0,
        Close = number % 83 / 83.0,
        NextStage = "SalesAccepted",
        NextAction = "call this week",
        AnswerUtf8 = Encoding.UTF8.GetBytes($$"""{"reasons":[["{{number}}","{{new string('x', 1_400)}}"]]}"""),
    };
}
