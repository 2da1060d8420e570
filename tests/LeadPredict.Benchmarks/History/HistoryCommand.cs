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
/// With <c>--touches M</c> the history is drawn instead, and its touches are also brought in by plain COPY; <c>--server S</c> draws it on a server that
/// is there and leaves it, <c>--store S</c> measures one that is there.
/// </summary>
internal static class HistoryCommand
{
    /// <summary>As <c>import</c> sends them.</summary>
    private const int BatchRows = 5000;

    /// <summary>After so many batches it is told how it goes.</summary>
    private const int StretchBatches = 100;

    private const string Usage = "history --leads N [--touches M] [--server S]   or   history --store S";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--store", var given])
        {
            await MeasureAsync(given);
            return 0;
        }

        int leads = 0, touches = 0;
        bool simulates = arguments is ["--leads", var many] && TryNumber(many, out leads);
        string? server = arguments is [.., "--server", var there] ? there : null;
        if ((!simulates && !(arguments is ["--leads", var drawn, "--touches", var so, ..] && TryNumber(drawn, out leads) && TryNumber(so, out touches)))
            || PostgresCluster.SkipReason is not null)
        {
            await Console.Error.WriteLineAsync(PostgresCluster.SkipReason ?? Usage);
            return 1;
        }

        if (server is not null)
        {
            await MeasureAsync(await DrawAsync(new(leads, touches), server + ";Command Timeout=0"));
            return 0;
        }

        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string store = simulates ? await cluster.CreateDatabaseAsync() : await DrawAsync(new(leads, touches), cluster.Connection("postgres") + ";Command Timeout=0");
        if (simulates)
        {
            await SimulateAsync(leads, store);
        }

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

    /// <summary>
    /// The leads are brought in once and the database copied; then the touches are brought in here and copied there, batch by batch in turn, so
    /// that both find the machine the same.
    /// </summary>
    private static async Task<string> DrawAsync(DrawnHistory drawn, string server)
    {
        string store = new NpgsqlConnectionStringBuilder(server) { Database = "drawn" }.ConnectionString;
        await PostgresCluster.ExecuteOnAsync(server, "CREATE DATABASE drawn TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        double leads = 0;
        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: true))
        {
            foreach (HistoryBatch batch in drawn.Leads(BatchRows))
            {
                leads += await SecondsAsync(() => history.AppendAsync(batch));
            }
        }

        Line($"leads with attributes and stages brought in in {leads:F1} s");
        NpgsqlConnection.ClearAllPools();
        await PostgresCluster.ExecuteOnAsync(server, "CREATE DATABASE copied TEMPLATE drawn STRATEGY file_copy");
        await BringTouchesAsync(drawn, store, new NpgsqlConnectionStringBuilder(server) { Database = "copied" }.ConnectionString);
        NpgsqlConnection.ClearAllPools();
        await PostgresCluster.ExecuteOnAsync(server, "DROP DATABASE copied");
        return store;
    }

    private static async Task BringTouchesAsync(DrawnHistory drawn, string store, string copied)
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false);
        await using var connection = new NpgsqlConnection(copied);
        await connection.OpenAsync();
        double ours = 0, plain = 0;
        int brought = 0;
        foreach (HistoryBatch[] stretch in drawn.Touches(BatchRows).Chunk(StretchBatches))
        {
            double before = ours, plainBefore = plain;
            foreach (HistoryBatch batch in stretch)
            {
                ours += await SecondsAsync(() => history.AppendAsync(batch));
                plain += await SecondsAsync(() => PlainCopy.WriteAsync(connection, batch));
                brought += batch.Touches.Count;
            }

            Line($"{brought} touches: brought in in {ours:F1} s ({(plain - plainBefore) / (ours - before):F2} times the rate of plain COPY of late)");
        }

        Line($"plain COPY of the same touches {plain:F1} s: brought in at {plain / ours:F2} times its rate, goal at least 0.5");
    }

    private static async Task MeasureAsync(string store)
    {
        (long touches, double copied) = await CopyAsync(store);
        Line($"{touches} touches; COPY TO {copied:F2} s");

        // As the console runs: its garbage collector and compiler are set for training.
        string settings = Path.Combine(AppContext.BaseDirectory, "leadpredict.runtimeconfig.json");
        string benchmarks = Path.Combine(AppContext.BaseDirectory, "LeadPredict.Benchmarks.dll");
        await ChildAsync("training set", copied, "exec", "--runtimeconfig", settings, benchmarks, "training-set", "--store", store);
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
