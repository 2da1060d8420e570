using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Learning.Calibration;
using LeadPredict.Scoring.Engines;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>How long the drills are: short by default, as long as an operator would want with <c>LEADPREDICT_SOAK=1</c>.</summary>
internal static class Drill
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("LEADPREDICT_SOAK") is { Length: > 0 };

    /// <summary>The number of a drill's rounds.</summary>
    public static int Rounds(int shortly, int atLength) => IsLong ? atLength : shortly;
}

/// <summary>The service in a process of its own, as it is run in earnest.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    public const string AdminKey = "an-admin-key-for-drills";

    /// <summary>How many it has, whatever the machine has: its limits follow from that.</summary>
    public const int Processors = 2;

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ServiceProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        Client = new() { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public HttpClient Client { get; }

    public bool HasExited => _process.HasExited;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>The most memory it ever had, in MB.</summary>
    public double PeakMegabytes => Status("VmHWM:");

    /// <summary>The memory it has, in MB.</summary>
    public double Megabytes => Status("VmRSS:");

    public static Task<ServiceProcess> StartAsync(string models, string store, params string[] more) => StartAsync(models, store, FreePort.Next(), more);

    public static async Task<ServiceProcess> StartAsync(string models, string store, int port, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "serve", "--urls", $"http://127.0.0.1:{port}", "--models", models, "--store", store, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LEADPREDICT_ADMIN_KEY"] = AdminKey;
        start.Environment["DOTNET_PROCESSOR_COUNT"] = Processors.ToString(CultureInfo.InvariantCulture);
        var service = new ServiceProcess(Process.Start(start)!, port);
        for (int tried = 0; !await service.IsReadyAsync(); tried++)
        {
            service.HasExited.ShouldBeFalse(service.Said);
            tried.ShouldBeLessThan(6_000, service.Said);
            await Task.Delay(10);
        }

        return service;
    }

    /// <summary>Sends SIGKILL and does not wait for the end.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    public async Task<int> TerminateAsync(TimeSpan patience)
    {
        Signal(_process.Id, 15).ShouldBe(0);
        using var late = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public async Task PromoteAsync(string model, int version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{model}/promote") { Content = JsonContent.Create(new { version }) };
        request.Headers.Authorization = new("Bearer", AdminKey);
        using HttpResponseMessage response = await Client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using HttpResponseMessage response = await Client.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    private void Keep(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }

    private double Status(string name) =>
        double.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).AsSpan(name.Length).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) / 1024;
}

/// <summary>A folder with the committed model in two versions, of which the second calibrates otherwise, and the name of a store.</summary>
internal sealed class DrillFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-drill-");

    private DrillFolder()
    {
        foreach (string file in Directory.EnumerateFiles(SharedFiles.Repository("models", "leads", "1")))
        {
            Directory.CreateDirectory(Path.Combine(Models, "leads", "1"));
            File.Copy(file, Path.Combine(Models, "leads", "1", Path.GetFileName(file)));
        }
    }

    public ModelRepository Repository => new(Models);

    public static async Task<DrillFolder> CreateAsync()
    {
        var folder = new DrillFolder();
        ArtifactDraft first = folder.Repository.Load("leads", 1).Content;
        (await folder.Repository.PublishAsync(first with { CloseRecalibration = new SigmoidCurve(1.2, -0.3) })).ShouldBe(2);

        // Not the clone's own champion: whoever ran the quickstart has another one.
        await folder.Repository.PromoteAsync("leads", 1, ModelAlias.Champion);
        return folder;
    }

    public string Models => Path.Combine(_folder.FullName, "models");

    public string Store => "sqlite:" + Path.Combine(_folder.FullName, "leads.db");

    /// <summary>The answers that a version gives to requests, without a service.</summary>
    public string[] Offline(int version, IEnumerable<string> bodies)
    {
        using var engine = new PredictionEngine(Repository.Load("leads", version));
        return [.. bodies.Select(body => Encoding.UTF8.GetString(LeadScoreWriter.Write(ScoreRequestReader.Read(Encoding.UTF8.GetBytes(body)).Score(engine, DateTimeOffset.UnixEpoch))))];
    }

    public static string Lead(int i) => JsonSerializer.Serialize(new
    {
        asOf = "2025-06-01T00:00:00Z",
        lead = new { id = $"b{i}", createdAt = "2025-05-01T08:00:00Z", source = "organic_search", attributes = new { industry = "software", employees = 10 * (i % 40), jobTitle = "VP Marketing" } },
        touches = new[] { new { id = "t1", type = "demo_request", occurredAt = "2025-05-20T10:00:00Z" } },
        transitions = new[] { new { to = "MarketingQualified", occurredAt = "2025-05-21T10:00:00Z" } },
    });

    public void Dispose() => _folder.Delete(recursive: true);
}
