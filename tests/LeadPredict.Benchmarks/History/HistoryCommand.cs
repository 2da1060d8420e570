using System.Diagnostics;
using System.Globalization;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Artifacts;
using LeadPredict.Benchmarks.Peers;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using LeadPredict.Training.Hosting;
using Npgsql;

namespace LeadPredict.Benchmarks.History;

/// <summary>
/// <c>history --leads N</c>: a simulated history on a throwaway PostgreSQL; how long <c>import</c> takes, how long and how large
/// <c>export-table</c> is beside one sequential read of the touches by COPY, and how long it takes to read and score one lead.
/// </summary>
internal static class HistoryCommand
{
    private const int Scored = 3000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--leads", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int leads) || PostgresCluster.SkipReason is not null)
        {
            await Console.Error.WriteLineAsync(PostgresCluster.SkipReason ?? "history --leads N");
            return 1;
        }

        DirectoryInfo work = Directory.CreateTempSubdirectory("leadpredict-history-");
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string store = await cluster.CreateDatabaseAsync();
        string samples = Path.Combine(work.FullName, "samples");
        await ProgramAsync("simulate", "--out", samples, "--leads", text, "--seed", "5");
        double import = await SecondsAsync(() => ProgramAsync("import", samples, "--store", store));
        (long touches, double copied) = await CopyAsync(store);
        Line($"{leads} leads, {touches} touches; import {import:F1} s, {touches / import:F0} touches a second with all else; COPY out {copied:F2} s");

        var clock = Stopwatch.StartNew();
        ChildProcess exported = ChildProcess.Run(
            "dotnet", ShippedConsole.Path, "export-table", "--store", store, "--out", Path.Combine(work.FullName, "table.csv"), "--json");
        Line($"export-table {clock.Elapsed.TotalSeconds:F1} s ({clock.Elapsed.TotalSeconds / copied:F1} times COPY out), {exported.PeakMegabytes:F0} MB; {exported.Output.ReplaceLineEndings(" ")}");
        await ScoreAsync(store);
        work.Delete(recursive: true);
        return 0;
    }

    private static async Task ScoreAsync(string text)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(text, create: false);
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        var scorer = new LeadScorer(engine);
        List<string> ids = [];
        await foreach (string id in store.ReadLeadIdsAsync())
        {
            ids.Add(id);
        }

        DateTimeOffset asOf = (await store.SummarizeAsync()).LastRecordedAt!.Value;
        var random = new Random(3);
        var milliseconds = new double[Scored];
        for (int i = -300; i < Scored; i++)
        {
            string id = ids[random.Next(ids.Count)];
            long started = Stopwatch.GetTimestamp();
            AccountHistory account = (await store.FindAccountOfLeadAsync(id))!;
            scorer.Score(account, account.Leads.Single(lead => lead.Lead.Id == id), asOf);
            if (i >= 0)
            {
                milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        Array.Sort(milliseconds);
        Line($"one lead read with its account and scored with reasons: median {milliseconds[Scored / 2]:F2} ms, p99 {milliseconds[Scored * 99 / 100]:F2} ms");
    }

    private static async Task<(long Touches, double Seconds)> CopyAsync(string text)
    {
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM leadpredict.touches", connection);
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

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
