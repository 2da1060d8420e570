using System.Diagnostics;
using System.Globalization;
using LeadPredict.Benchmarks.Ingest;
using LeadPredict.Benchmarks.Peers;
using LeadPredict.Storage;
using LeadPredict.Testing.Postgres;
using LeadPredict.Training.Hosting;
using Npgsql;

namespace LeadPredict.Benchmarks.History;

/// <summary>
/// <c>history --leads N</c>: a simulated history on a throwaway PostgreSQL; how long <c>import</c> takes, how long and how large building the
/// training set and <c>export-table</c> are beside one sequential read of the touches by COPY, and how long it takes to read and score one lead.
/// With <c>--touches M</c> the history is drawn instead, and its touches are brought in beside plain COPY of the same. <c>--store S</c> measures one that is there.
/// </summary>
internal static class HistoryCommand
{
    /// <summary>As <c>import</c> sends them.</summary>
    private const int BatchRows = 5000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--store", var given])
        {
            await MeasureAsync(given);
            return 0;
        }

        bool simulates = arguments is ["--leads", _];
        if ((!simulates && arguments is not ["--leads", _, "--touches", _]) || PostgresCluster.SkipReason is not null
            || !TryNumber(arguments[1], out int leads) || !TryNumber(arguments[^1], out int touches))
        {
            await Console.Error.WriteLineAsync(PostgresCluster.SkipReason ?? "history --leads N [--touches M]   or   history --store S");
            return 1;
        }

        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string store = await cluster.CreateDatabaseAsync();
        await (simulates ? SimulateAsync(leads, store) : DrawAsync(new(leads, touches), cluster, store));
        await MeasureAsync(store);
        return 0;
    }

    private static async Task SimulateAsync(int leads, string store)
    {
        DirectoryInfo samples = Directory.CreateTempSubdirectory("leadpredict-history-");
        await ProgramAsync("simulate", "--out", samples.FullName, "--leads", leads.ToString(CultureInfo.InvariantCulture), "--seed", "5");
        double import = await SecondsAsync(() => ProgramAsync("import", samples.FullName, "--store", store));
        samples.Delete(recursive: true);
        Line($"{leads} leads imported in {import:F1} s");
    }

    /// <summary>The leads are brought in once; a copy of the database takes the touches by plain COPY.</summary>
    private static async Task DrawAsync(DrawnHistory drawn, PostgresCluster cluster, string store)
    {
        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: true))
        {
            double leads = await SumAsync(drawn.Leads(BatchRows), batch => history.AppendAsync(batch));
            Line($"leads with attributes and stages brought in in {leads:F1} s");
        }

        string copied = new NpgsqlConnectionStringBuilder(store) { Database = "copied" }.ConnectionString;
        await cluster.ExecuteAsync("postgres", $"CREATE DATABASE copied TEMPLATE {new NpgsqlConnectionStringBuilder(store).Database}");
        double ours;
        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: false))
        {
            ours = await SumAsync(drawn.Touches(BatchRows), batch => history.AppendAsync(batch));
        }

        Line($"touches brought in in {ours:F1} s");
        await using var connection = new NpgsqlConnection(copied);
        await connection.OpenAsync();
        double plain = await SumAsync(drawn.Touches(BatchRows), batch => PlainCopy.WriteAsync(connection, batch));
        Line($"plain COPY of the same touches {plain:F1} s: brought in at {plain / ours:F2} times its rate, goal at least 0.5");
    }

    private static async Task MeasureAsync(string store)
    {
        (long touches, double copied) = await CopyAsync(store);
        Line($"{touches} touches; COPY TO {copied:F2} s");
        string benchmarks = Path.Combine(AppContext.BaseDirectory, "LeadPredict.Benchmarks.dll");
        await ChildAsync("training set", copied, benchmarks, "training-set", "--store", store);
        DirectoryInfo work = Directory.CreateTempSubdirectory("leadpredict-history-");
        await ChildAsync(
            "export-table", copied, ShippedConsole.Path, "export-table", "--store", store, "--out", Path.Combine(work.FullName, "table.csv"));
        work.Delete(recursive: true);
        (double[] leads, double[] bare) = await OneLead.MeasureAsync(store);
        Line($"one lead read with its account and scored with reasons: median {leads[leads.Length / 2]:F2} ms, p99 {P99(leads):F2} ms; SELECT 1: {bare[bare.Length / 2]:F2} and {P99(bare):F2} ms");
    }

    private static async Task ChildAsync(string name, double copied, params string[] arguments)
    {
        ChildProcess? child = null;
        double seconds = await SecondsAsync(() => Task.Run(() => child = ChildProcess.Run("dotnet", arguments)));
        Line($"{name}: {seconds:F1} s ({seconds / copied:F1} times COPY TO), {child!.PeakMegabytes:F0} MB; {child.Output.TrimEnd().ReplaceLineEndings(" ")}");
    }

    /// <summary>One sequential read of the touches; the second, since the first after a load also writes down which rows are known to all.</summary>
    private static async Task<(long Touches, double Seconds)> CopyAsync(string text)
    {
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM leadpredict.touches", connection) { CommandTimeout = 0 };
        long touches = (long)(await command.ExecuteScalarAsync())!;
        double seconds = await SecondsAsync(async () =>
        {
            await using Stream rows = await connection.BeginRawBinaryCopyAsync("COPY leadpredict.touches TO STDOUT (FORMAT BINARY)");
            await rows.CopyToAsync(Stream.Null, 1 << 20);
        });
        return (touches, seconds);
    }

    private static async Task<double> SumAsync(IEnumerable<HistoryBatch> batches, Func<HistoryBatch, Task> bring)
    {
        var bringing = new Stopwatch();
        foreach (HistoryBatch batch in batches)
        {
            bringing.Start();
            await bring(batch);
            bringing.Stop();
        }

        return bringing.Elapsed.TotalSeconds;
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        long started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task ProgramAsync(params string[] arguments)
    {
        int exit = await Training.Program.RunAsync(arguments, new ConsoleHost(TextWriter.Null, Console.Error, TimeProvider.System));
        if (exit != 0)
        {
            throw new InvalidOperationException($"'leadpredict {string.Join(' ', arguments)}' ended with {exit}");
        }
    }

    private static double P99(double[] ordered) => ordered[ordered.Length * 99 / 100];

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
