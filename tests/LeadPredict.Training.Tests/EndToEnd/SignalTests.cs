using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using LeadPredict.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>Signals to the program, in a process of its own: that of a terminal that closes ends it as SIGTERM does.</summary>
public sealed class SignalTests : IDisposable
{
    private const int Scores = 40;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-signal-");
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    /// <summary>A database that takes connections and never says a word: whoever opens it waits.</summary>
    private string SilentStore => $"Host=127.0.0.1;Port={((IPEndPoint)_silent.LocalEndpoint).Port};Database=leads;Username=me;Password=p";

    public SignalTests() => _silent.Start();

    public void Dispose()
    {
        _silent.Dispose();
        _folder.Delete(recursive: true);
    }

    [SignalTheory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public async Task Serve_Signalled_KeepsAllScoresThatItGave(string signal)
    {
        string database = Path.Combine(_folder.FullName, "history.db");
        using Process service = Start(
            "dotnet", Program, "serve", "--urls", "http://127.0.0.1:0", "--store", "sqlite:" + database, "--create-store", "--models", SharedFiles.Repository("models"));
        using var http = new HttpClient { BaseAddress = new(await ServingOnAsync(service)) };
        for (int i = 0; i < Scores; i++)
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/score", new
            {
                lead = new { id = $"l{i}", createdAt = "2025-05-01T08:00:00Z" },
                transitions = new[] { new { to = "MarketingQualified", occurredAt = "2025-05-21T10:00:00Z" } },
            });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await EndAsync(service, signal)).Code.ShouldBe(0);
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM score_log";
        (await count.ExecuteScalarAsync()).ShouldBe((long)Scores);
    }

    [SignalTheory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public async Task Serve_StoppedBeforeItListens_EndsWell(string signal)
    {
        using Process service = Start("dotnet", Program, "serve", "--urls", "http://127.0.0.1:0", "--store", SilentStore, "--models", _folder.FullName);
        using Socket waiting = await WaitingAsync();
        (int code, string error) = await EndAsync(service, signal);
        code.ShouldBe(0, error);
        error.ShouldNotContain("stopped");
    }

    [SignalTheory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public async Task Command_Signalled_SaysThatItIsStopped(string signal)
    {
        using Process command = Start("dotnet", Program, "funnel", "--store", SilentStore, "--models", _folder.FullName);
        using Socket waiting = await WaitingAsync();
        (int code, string error) = await EndAsync(command, signal);
        (code, error.Trim()).ShouldBe((1, "stopped"));
    }

    /// <summary>It reads what never comes, on the thread that began it, and looks at nothing else.</summary>
    [SignalTheory]
    [InlineData("TERM")]
    [InlineData("INT", "TERM")]
    public async Task Command_ThatHearsNothing_IsEnded(params string[] signals)
    {
        string table = Path.Combine(_folder.FullName, "train.csv"), pipe = Path.Combine(_folder.FullName, "pipe");
        await File.WriteAllTextAsync(table, "visits,won\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 7},{(i * i % 11 < i % 7 ? 1 : 0)}\n")));
        ConsoleRun trained = await ConsoleRun.Of("train", "--table", table, "--label", "won", "--models", _folder.FullName, "--name", "t", "--learner", "logistic");
        trained.ExitCode.ShouldBe(0, trained.Error);
        await Process.Start("mkfifo", [pipe]).WaitForExitAsync();
        using Process command = Start("dotnet", Program, "score", "--models", _folder.FullName, "--model", "t", "--in", pipe, "--out", "scores.csv");
        using SafeFileHandle silent = await Task.Run(() => File.OpenHandle(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));

        foreach (string signal in signals)
        {
            await Process.Start("kill", ["-" + signal, $"{command.Id}"]).WaitForExitAsync();
        }

        try
        {
            await command.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            command.ExitCode.ShouldBeOneOf([.. signals.Select(signal => signal == "INT" ? 130 : 143)]);
        }
        finally
        {
            command.Kill();
        }
    }

    /// <summary>As <c>nohup</c> starts it. SigIgn has one bit a signal, of which SIGHUP's is the first.</summary>
    [SignalFact]
    public async Task Serve_StartedWithHangUpIgnored_GoesOnIgnoringIt()
    {
        using Process service = Start("sh", "-c", $"trap '' HUP; exec dotnet '{Program}' serve --urls http://127.0.0.1:0");
        await ServingOnAsync(service);
        string ignored = File.ReadLines($"/proc/{service.Id}/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        await EndAsync(service, "TERM");
        (Convert.ToUInt64(ignored.Split('\t')[1], 16) & 1).ShouldBe(1UL);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "leadpredict.dll");

    private Process Start(string program, params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder.FullName },
        };
        process.Start();
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task<string> ServingOnAsync(Process service)
    {
        while (await service.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("serving on ", StringComparison.Ordinal))
            {
                return line.Split(' ', ',')[2];
            }
        }

        throw new InvalidOperationException("the service did not start");
    }

    /// <summary>The connection of a program that waits for the silent store's first word.</summary>
    private async Task<Socket> WaitingAsync()
    {
        Socket socket = await _silent.AcceptSocketAsync();
        (await socket.ReceiveAsync(new byte[1])).ShouldBe(1);
        return socket;
    }

    private static async Task<(int Code, string Error)> EndAsync(Process process, string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]);
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    /// <summary>Why signals cannot be tried, or null. Children inherit what this process ignores.</summary>
    private static string? Skipped { get; } = !OperatingSystem.IsLinux() ? "needs the signals of Linux"
        : File.ReadLines("/proc/self/status").Any(line => line.StartsWith("SigIgn:", StringComparison.Ordinal) && (Convert.ToUInt64(line.Split('\t')[1], 16) & 1) == 1)
            ? "SIGHUP is ignored here" : null;

    private sealed class SignalFactAttribute : FactAttribute
    {
        public SignalFactAttribute() => Skip = Skipped;
    }

    private sealed class SignalTheoryAttribute : TheoryAttribute
    {
        public SignalTheoryAttribute() => Skip = Skipped;
    }
}
