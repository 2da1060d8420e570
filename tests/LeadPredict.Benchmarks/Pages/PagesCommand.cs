using System.Diagnostics;
using System.Globalization;
using LeadPredict.Api;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using LeadPredict.Training.Hosting;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Benchmarks.Pages;

/// <summary>
/// <c>pages --leads N</c>: a simulated history on SQLite and on a throwaway PostgreSQL, the service over it, and how long a client on the same machine waits
/// for each page: right after the first start on that history, once it has been looked at, and right after a restart. Then the size of <c>report</c>. For 100,000 leads it takes some three minutes.
/// </summary>
internal static class PagesCommand
{
    private const int Warm = 15;
    private const int FewWarm = 3;

    /// <summary>Milliseconds; what takes longer, as a whole list does, is asked for a few times only.</summary>
    private const double Slow = 1000;

    private static readonly string[] Paths =
        ["/", "/?question=sql&capacity=50", "/calls", "/calls?source=webinar&page=2", "/calls.csv", "/v1/leads?sort=due", "/lead?id=L0000067", "/funnel", "/models", "/scorecard"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--leads", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int _))
        {
            await Console.Error.WriteLineAsync("pages --leads N");
            return 1;
        }

        DirectoryInfo work = Directory.CreateTempSubdirectory("leadpredict-pages-");
        string samples = Path.Combine(work.FullName, "samples");
        await ProgramAsync("simulate", "--out", samples, "--leads", text, "--seed", "5");
        await MeasureAsync("SQLite", $"sqlite:{Path.Combine(work.FullName, "history.db")}", samples, work);
        if (PostgresCluster.SkipReason is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
        }
        else
        {
            await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
            await MeasureAsync("PostgreSQL", await cluster.CreateDatabaseAsync(), samples, work);
        }

        work.Delete(recursive: true);
        return 0;
    }

    private static async Task MeasureAsync(string name, string address, string samples, DirectoryInfo work)
    {
        await ProgramAsync("import", samples, "--store", address);
        await using IHistoryStore store = await HistoryStores.OpenAsync(address, create: false);
        await using OperationsStore operations = await OperationsStore.OpenAsync(address, create: false);
        var clock = Stopwatch.StartNew();
        int leads = 0;
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            leads += account.Leads.Count;
        }

        Line($"{name}: {leads} leads; the history alone is read in {clock.Elapsed.TotalSeconds:F1} s");
        var options = new LeadPredictApiOptions
        {
            Urls = "http://127.0.0.1:0",
            Models = SharedFiles.Repository("models"),
            Store = store,
            Operations = operations,
            RescoreEvery = TimeSpan.Zero,
        };
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        await using (WebApplication service = await StartAsync(options))
        {
            clock.Restart();
            Line($"  right after the first start: {await TimesAsync(client, service, ["/"])}");
            await Task.WhenAll(new[] { "/calls", "/funnel", "/scorecard", "/models" }.Select(async path =>
            {
                while ((await client.GetStringAsync(service.Urls.First() + path)).Contains("The history is being read", StringComparison.Ordinal))
                {
                    await Task.Delay(50);
                }

                Line($"  {path} is there {clock.Elapsed.TotalSeconds:F1} s after the first start");
            }));

            foreach (string path in Paths)
            {
                Line($"  {path,-32} {await WarmAsync(client, service.Urls.First() + path)}");
            }
        }

        await using (WebApplication again = await StartAsync(options))
        {
            Line($"  right after a restart: {await TimesAsync(client, again, Paths)}");
        }

        string report = Path.Combine(work.FullName, $"{name}.html");
        clock.Restart();
        await ProgramAsync("report", "--store", address, "--models", SharedFiles.Repository("models"), "--out", report);
        Line($"  report: {new FileInfo(report).Length / 1024} kB, written in {clock.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task<WebApplication> StartAsync(LeadPredictApiOptions options)
    {
        WebApplication service = LeadPredictApi.Create(options);
        await service.StartAsync();
        return service;
    }

    private static async Task<string> TimesAsync(HttpClient client, WebApplication service, IEnumerable<string> paths)
    {
        List<string> times = [];
        foreach (string path in paths)
        {
            (double milliseconds, long bytes) = await OnceAsync(client, service.Urls.First() + path);
            times.Add(string.Create(CultureInfo.InvariantCulture, $"{path} {milliseconds:F0} ms ({bytes / 1024} kB)"));
        }

        return string.Join(", ", times);
    }

    private static async Task<string> WarmAsync(HttpClient client, string address)
    {
        (double first, long bytes) = await OnceAsync(client, address);
        double[] warm = new double[first > Slow ? FewWarm : Warm];
        for (int i = 0; i < warm.Length; i++)
        {
            warm[i] = (await OnceAsync(client, address)).Milliseconds;
        }

        Array.Sort(warm);
        return string.Create(CultureInfo.InvariantCulture, $"first {first,5:F0} ms, then median {warm[warm.Length / 2],5:F1} ms, worst {warm[^1],5:F1} ms, {bytes / 1024} kB");
    }

    private static async Task<(double Milliseconds, long Bytes)> OnceAsync(HttpClient client, string address)
    {
        long started = Stopwatch.GetTimestamp();
        byte[] body = await client.GetByteArrayAsync(address);
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, body.Length);
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
