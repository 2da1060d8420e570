using System.Diagnostics;
using System.Globalization;
using System.Net;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.Http;

/// <summary>
/// <c>http</c>: the service, and beside it a bare endpoint that reads and writes the same JSON, in turn and on one machine with the client. Only
/// the ratios mean anything elsewhere.
/// </summary>
internal static class HttpCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["bare", string url])
        {
            await BareService.RunAsync(url, SharedFiles.Repository("models"));
            return 0;
        }

        string? Value(string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
        int Number(string name, int usual) => Value(name) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : usual;
        string? only = Value("--only");
        string? folder = arguments.Contains("--log") ? Directory.CreateTempSubdirectory("leadpredict-http-").FullName : null;
        TimeSpan time = TimeSpan.FromSeconds(Number("--seconds", 5));
        TimeSpan warm = TimeSpan.FromSeconds(Number("--warm", 25));
        int connections = Number("--connections", 16);
        int rounds = Number("--rounds", 3);
        (int bare, int ours) = (FreePort.Next(), FreePort.Next());
        using Process bareProcess = Start(typeof(HttpCommand).Assembly.Location, "http", "bare", $"http://127.0.0.1:{bare}");

        // Or two programs would be starting on the same processors.
        await ReadyAsync(bare);
        var clock = Stopwatch.StartNew();
        using Process ourProcess = Start(
            ShippedConsole.Path,
            ["serve", "--urls", $"http://127.0.0.1:{ours}", "--models", SharedFiles.Repository("models"),
            "--store", folder is null ? "sqlite:/nonexistent" : $"sqlite:{folder}/leads.db", .. folder is null ? [] : new[] { "--create-store" }]);
        try
        {
            await ReadyAsync(ours);
            Say($"start to ready: {clock.Elapsed.TotalSeconds:F2} s; {(folder is null ? "without a store" : "with a SQLite store and its score log")}");
            foreach (string path in only is null or "score" ? new[] { "/v1/score", "/v1/score?reasons=false" } : [])
            {
                var pairs = new List<(LoadFigures Bare, LoadFigures Ours)>();
                for (int round = -1; round < rounds; round++)
                {
                    // The first round warms up both, the first path until the runtime has compiled all for good.
                    TimeSpan length = round >= 0 ? time : path == "/v1/score" ? warm : time;
                    LoadFigures theirs = await MeasureAsync(bareProcess, bare, path, connections, length);
                    LoadFigures own = await MeasureAsync(ourProcess, ours, path, connections, length);
                    await CaughtUpAsync(folder);
                    if (round >= 0)
                    {
                        pairs.Add((theirs, own));
                    }
                    else
                    {
                        Say($"{path}, warming up for {length.TotalSeconds:F0} s: {own.PerSecond:F0}/s, bare {theirs.PerSecond:F0}/s");
                    }
                }

                (LoadFigures bareMiddle, LoadFigures ourMiddle) = pairs.OrderBy(pair => pair.Ours.PerSecond / pair.Bare.PerSecond).ElementAt(pairs.Count / 2);
                Say($"{path}: {Told(ourMiddle)}; bare {Told(bareMiddle)}; rate ratio {ourMiddle.PerSecond / bareMiddle.PerSecond:F2} ({Each(pairs.Select(pair => pair.Ours.PerSecond / pair.Bare.PerSecond))}), p99 ratio {ourMiddle.P99 / bareMiddle.P99:F2}");
            }

            foreach (string query in only is null or "batch" ? new[] { "", "?reasons=false" } : [])
            {
                await BatchAsync(ourProcess, ours, query, connections, only is null ? time : warm, time, rounds);
            }

            if (only is null or "fastapi")
            {
                await PeerAsync(ourProcess, ours, only is null ? TimeSpan.Zero : warm, time);
            }
        }
        finally
        {
            bareProcess.Kill();
            ourProcess.Kill();
            if (folder is not null)
            {
                await ourProcess.WaitForExitAsync();
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static string Each(IEnumerable<double> ratios) => string.Join(' ', ratios.Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture)));

    private static string Told(LoadFigures figures) => string.Create(
        CultureInfo.InvariantCulture, $"{figures.PerSecond:F0}/s (median {figures.Median:F0} us, p99 {figures.P99:F0} us, {figures.CpuMicroseconds:F0} us of processor)");

    /// <summary>
    /// FastAPI beside the service, at the same numbers of connections and each at the one that suits it: whole answers of leads, and bare probabilities of the
    /// same table's model to the same row.
    /// </summary>
    private static async Task PeerAsync(Process ourProcess, int ours, TimeSpan warm, TimeSpan time)
    {
        using PythonPeer? python = await PythonPeer.StartAsync(FreePort.Next());
        if (python is null)
        {
            return;
        }

        using var table = await TableService.StartAsync(FreePort.Next());
        if (warm > TimeSpan.Zero)
        {
            await MeasureAsync(ourProcess, ours, "/v1/score", 16, warm);
            await table.MeasureAsync(16, warm);
        }

        await python.MeasureAsync(64, time);
        (double best, double tableBest, double theirBest) = (0, 0, 0);
        foreach (int connections in new[] { 16, 64, 256 })
        {
            LoadFigures theirs = await python.MeasureAsync(connections, time);
            LoadFigures own = await MeasureAsync(ourProcess, ours, "/v1/score", connections, time);
            LoadFigures row = await table.MeasureAsync(connections, time);
            (best, tableBest, theirBest) = (Math.Max(best, own.PerSecond), Math.Max(tableBest, row.PerSecond), Math.Max(theirBest, theirs.PerSecond));
            Say($"{connections} connections: FastAPI and XGBoost, a bare probability, {theirs.PerSecond:F0}/s (median {theirs.Median:F0} us, p99 {theirs.P99:F0} us)");
            Say($"  /v1/score, a lead's whole answer, {Told(own)}; ratio {own.PerSecond / theirs.PerSecond:F1}");
            Say($"  /invocations, a bare probability of the same row, {row.PerSecond:F0}/s (median {row.Median:F0} us, p99 {row.P99:F0} us); ratio {row.PerSecond / theirs.PerSecond:F1}");
        }

        Say($"each at its best: {best:F0}, {tableBest:F0} and {theirBest:F0}/s, ratios {best / theirBest:F1} and {tableBest / theirBest:F1}");
    }

    /// <summary>Waits until no score waits in files: what catches up would take the processor from the bare endpoint.</summary>
    private static async Task CaughtUpAsync(string? folder)
    {
        var spool = new DirectoryInfo($"{folder}/leads.db.score-spool");
        if (folder is null || !spool.Exists)
        {
            return;
        }

        var clock = Stopwatch.StartNew();
        double megabytes = spool.GetFiles().Sum(file => file.Length) / 1e6;
        while (spool.EnumerateFiles().Any() && clock.Elapsed < TimeSpan.FromMinutes(2))
        {
            await Task.Delay(50);
        }

        Say($"  {megabytes:F0} MB of scores waited in files; {clock.Elapsed.TotalSeconds:F1} s to write them to the store");
    }

    private static async Task<LoadFigures> MeasureAsync(Process server, int port, string path, int connections, TimeSpan time)
    {
        server.Refresh();
        TimeSpan before = server.TotalProcessorTime;
        LoadFigures figures = await new LoadClient(port, path, HttpRequests.Leads).RunAsync(connections, time);
        server.Refresh();
        return figures with { CpuMicroseconds = (server.TotalProcessorTime - before).TotalMicroseconds / (figures.PerSecond * time.TotalSeconds) };
    }

    /// <summary>Batches, and single leads with reasons in turn with them, after both have warmed up.</summary>
    private static async Task BatchAsync(Process server, int port, string query, int connections, TimeSpan warm, TimeSpan time, int rounds)
    {
        var client = new BatchClient(port, query);
        var pairs = new List<(double Single, double Batch)>();
        for (int round = -1; round < rounds; round++)
        {
            TimeSpan length = round >= 0 ? time : warm;
            double single = (await MeasureAsync(server, port, "/v1/score", connections, length)).PerSecond;
            double batch = await client.RunAsync(length);
            if (round >= 0)
            {
                pairs.Add((single, batch));
            }
        }

        (double ofSingle, double ofBatch) = pairs.OrderBy(pair => pair.Batch / pair.Single).ElementAt(pairs.Count / 2);
        Say($"/v1/score/batch{query}: {ofBatch:F0} leads/s; one by one with reasons {ofSingle:F0}; {ofBatch / ofSingle:F2} times as many ({Each(pairs.Select(pair => pair.Batch / pair.Single))})");
    }

    public static Process Start(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return Process.Start(start)!;
    }

    /// <summary>Waits until something listens on a port, and does not say that it is not ready.</summary>
    public static async Task ReadyAsync(int port)
    {
        using var client = new HttpClient();
        for (int tried = 0; ; tried++)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync($"http://127.0.0.1:{port}/health/ready");
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (tried < 2_000)
            {
                // Not listening yet.
            }

            await Task.Delay(10);
        }
    }
}
