using System.Diagnostics;
using System.Globalization;
using LeadPredict.Benchmarks.Peers;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.Http;

/// <summary>
/// What a team in Python would write: FastAPI with two workers that answers one bare XGBoost probability to thirty numbers. Its script lies beside
/// that of the other peers; it needs a Python with fastapi, uvicorn, pandas and xgboost.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process _process;

    private PythonPeer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>A request to <c>/score</c>.</summary>
    private static string Request { get; } = $"{{\"features\":[{string.Join(',', Values)}]}}";

    /// <summary>The thirty numbers.</summary>
    private static IEnumerable<string> Values => Enumerable.Range(0, 30).Select(i => (0.1 * i).ToString(CultureInfo.InvariantCulture));

    private static string Folder { get; } = Path.Combine(Path.GetTempPath(), "leadpredict-peers-20000");

    /// <summary>What its model learnt from: thirty columns and the label.</summary>
    public static string Table { get; } = Path.Combine(Folder, "train.csv");

    /// <summary>The same numbers as a row by column, for <c>/invocations</c>.</summary>
    public static string Row()
    {
        string[] columns = File.ReadLines(Table).First().Split(',');
        return $"{{\"instances\":[{{{string.Join(',', columns.Zip(Values, (column, value) => $"\"{column}\":{value}"))}}}]}}";
    }

    private int Port { get; }

    /// <summary>Trains its model and starts it; null, with a word to standard error, where it cannot run.</summary>
    public static async Task<PythonPeer?> StartAsync(int port)
    {
        string scripts = Path.GetDirectoryName(Environment.GetEnvironmentVariable("LEADPREDICT_PEERS"))
            ?? Path.GetFullPath(Path.Combine(SharedFiles.RepositoryRoot, "..", "shared", "peers"));
        if (!File.Exists(Path.Combine(scripts, "http_peer.py")) || !File.Exists(Python))
        {
            await Console.Error.WriteLineAsync($"FastAPI is left out: there is no {scripts}/http_peer.py or no {Python}");
            return null;
        }

        try
        {
            string model = Path.Combine(Folder, "http_peer.json");
            if (!File.Exists(model))
            {
                ChildProcess.Run(Python, Path.Combine(scripts, "speed.py"), "make", Folder, "20000");
                ChildProcess.Run(Python, Path.Combine(scripts, "http_peer.py"), "train", Folder, model);
            }

            var start = new ProcessStartInfo(
                Python, ["-m", "uvicorn", "http_peer:app", "--port", port.ToString(CultureInfo.InvariantCulture), "--workers", "2", "--log-level", "error"])
            {
                WorkingDirectory = scripts,
            };
            start.Environment["MODEL"] = model;
            start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
            var peer = new PythonPeer(Process.Start(start)!, port);
            await peer.ReadyAsync();
            return peer;
        }
        catch (InvalidOperationException missing)
        {
            await Console.Error.WriteLineAsync($"FastAPI is left out: {missing.Message}");
            return null;
        }
    }

    /// <summary>
    /// How it answers. It sends an answer in two pieces, the second of which waits for the first to be acknowledged, some 40 ms, so that it needs
    /// many connections to be busy.
    /// </summary>
    public Task<LoadFigures> MeasureAsync(int connections, TimeSpan time) => new LoadClient(Port, "/score", Request).RunAsync(connections, time);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task ReadyAsync()
    {
        using var client = new HttpClient();
        for (int tried = 0; ; tried++)
        {
            try
            {
                using var body = new StringContent(Request, System.Text.Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await client.PostAsync($"http://127.0.0.1:{Port}/score", body);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (tried < 600 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
