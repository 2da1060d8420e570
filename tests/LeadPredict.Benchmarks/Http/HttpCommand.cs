using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
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
        int seconds = int.Parse(Value("--seconds") ?? "5", NumberStyles.None, CultureInfo.InvariantCulture);
        int warm = int.Parse(Value("--warm") ?? "8", NumberStyles.None, CultureInfo.InvariantCulture);
        int connections = int.Parse(Value("--connections") ?? "16", NumberStyles.None, CultureInfo.InvariantCulture);
        int rounds = int.Parse(Value("--rounds") ?? "3", NumberStyles.None, CultureInfo.InvariantCulture);
        (int bare, int ours) = (FreePort(), FreePort());
        using Process bareProcess = Start(typeof(HttpCommand).Assembly.Location, "http", "bare", $"http://127.0.0.1:{bare}");
        var clock = Stopwatch.StartNew();
        using Process ourProcess = Start(
            ShippedConsole.Path, "serve", "--urls", $"http://127.0.0.1:{ours}", "--models", SharedFiles.Repository("models"), "--store", "sqlite:/nonexistent");
        try
        {
            await ReadyAsync(ours);
            string started = string.Create(CultureInfo.InvariantCulture, $"start to ready: {clock.Elapsed.TotalSeconds:F2} s");
            using PythonPeer? python = Value("--path") is null ? await PythonPeer.StartAsync(FreePort()) : null;
            Console.WriteLine(started);
            TimeSpan time = TimeSpan.FromSeconds(seconds);
            var single = new Dictionary<string, double>();
            foreach (string path in Value("--path") is { } only ? [only] : new[] { "/v1/score", "/v1/score?reasons=false" })
            {
                var ratios = new List<(LoadFigures Bare, LoadFigures Ours)>();
                var fastApi = new List<LoadFigures>();
                for (int round = -1; round < rounds; round++)
                {
                    // The first round warms up both.
                    TimeSpan length = round < 0 ? TimeSpan.FromSeconds(warm) : time;
                    LoadFigures theirs = await MeasureAsync(bareProcess, bare, path, connections, length);
                    LoadFigures own = await MeasureAsync(ourProcess, ours, path, connections, length);
                    if (round >= 0)
                    {
                        ratios.Add((theirs, own));
                        if (python is not null && path == "/v1/score")
                        {
                            fastApi.Add(await python.BestAsync(connections, time));
                        }
                    }
                }

                (LoadFigures bareMiddle, LoadFigures ourMiddle) = ratios.OrderBy(pair => pair.Ours.PerSecond / pair.Bare.PerSecond).ElementAt(ratios.Count / 2);
                single[path] = ourMiddle.PerSecond;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {ourMiddle.PerSecond:F0}/s (median {ourMiddle.Median:F0} us, p99 {ourMiddle.P99:F0} us, {ourMiddle.CpuMicroseconds:F0} us of processor); bare {bareMiddle.PerSecond:F0}/s (median {bareMiddle.Median:F0} us, p99 {bareMiddle.P99:F0} us, {bareMiddle.CpuMicroseconds:F0} us of processor); rate ratio {ourMiddle.PerSecond / bareMiddle.PerSecond:F2}, p99 ratio {ourMiddle.P99 / bareMiddle.P99:F2}"));
                if (fastApi.Count > 0)
                {
                    LoadFigures peer = fastApi.OrderBy(figures => figures.PerSecond).ElementAt(fastApi.Count / 2);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"FastAPI and XGBoost, a bare probability, at the number of connections that suits it: {peer.PerSecond:F0}/s (median {peer.Median:F0} us, p99 {peer.P99:F0} us); {path} over it {ourMiddle.PerSecond / peer.PerSecond:F1}"));
                }
            }

            foreach (string query in Value("--path") is null ? new[] { "", "?reasons=false" } : [])
            {
                double batch = 0;
                for (int round = 0; round < 3; round++)
                {
                    batch = Math.Max(batch, await BatchAsync(ours, query, 20_000));
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"/v1/score/batch{query}: {batch:F0} leads/s, {batch / single["/v1/score" + query]:F1} times as many as one by one"));
            }
        }
        finally
        {
            bareProcess.Kill();
            ourProcess.Kill();
        }

        return 0;
    }

    private static async Task<LoadFigures> MeasureAsync(Process server, int port, string path, int connections, TimeSpan time)
    {
        server.Refresh();
        TimeSpan before = server.TotalProcessorTime;
        LoadFigures figures = await new LoadClient(port, path, HttpRequests.Lead).RunAsync(connections, time);
        server.Refresh();
        return figures with { CpuMicroseconds = (server.TotalProcessorTime - before).TotalMicroseconds / (figures.PerSecond * time.TotalSeconds) };
    }

    /// <summary>Sends and reads at once: an answer that is not read stops the reading of the request.</summary>
    private static async Task<double> BatchAsync(int port, string query, int leads)
    {
        byte[] body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(HttpRequests.Lead + "\n", leads)));
        byte[] head = Encoding.UTF8.GetBytes(
            $"POST /v1/score/batch{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        var clock = Stopwatch.StartNew();
        await socket.SendAsync(head);
        Task sending = SendAllAsync(socket, body);
        byte[] buffer = new byte[256 * 1024];
        long answers = 0;
        int read;
        while ((read = await socket.ReceiveAsync(buffer)) > 0)
        {
            answers += buffer.AsSpan(0, read).Count("{\"leadId\""u8);
        }

        await sending;

        // An answer that two reads share is not counted.
        return answers > 0.9 * leads ? leads / clock.Elapsed.TotalSeconds : throw new InvalidDataException($"{answers} answers to {leads} leads");
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> body)
    {
        while (body.Length > 0)
        {
            body = body[await socket.SendAsync(body)..];
        }
    }

    private static Process Start(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return Process.Start(start)!;
    }

    private static async Task ReadyAsync(int port)
    {
        using var client = new HttpClient();
        for (int tried = 0; ; tried++)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync($"http://127.0.0.1:{port}/health/ready");
                if (response.IsSuccessStatusCode)
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
