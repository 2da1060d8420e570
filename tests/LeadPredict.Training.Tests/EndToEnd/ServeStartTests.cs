using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>The start of the service, in a process of its own: it is set up by its own options, and says in a line why it cannot start.</summary>
public sealed class ServeStartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"Kestrel": {"Endpoints": {"Other": {"Url": "http://127.0.0.1:1"}}}}""")]
    [InlineData("{")]
    public async Task Serve_WhereAnotherProgramKeepsItsSettings_ListensWhereItIsTold(string settings)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), settings);
        string log = await LogAsync("http://127.0.0.1:0");
        log.ShouldContain("environment: Production");
        log.ShouldMatch("serving on http://127.0.0.1:[0-9]{4}");
    }

    [Fact]
    public async Task Serve_AddressThatIsTaken_SaysSoWithoutATrace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string url = $"http://{taken.LocalEndpoint}";
        string log = await LogAsync(url);
        log.ShouldContain($"cannot listen on {url}: Failed to bind to address {url}: address already in use; choose another address with --urls");
        log.ShouldNotContain("Exception");
    }

    /// <summary>The process begins anew with other settings of the runtime, and with the arguments as they were.</summary>
    [Fact]
    public async Task Serve_LastArgumentThatIsEmpty_IsToldAsEmpty() =>
        (await LogAsync("")).ShouldContain("cannot serve: '' names no address to listen on");

    [Theory]
    [InlineData("LEADPREDICT_EVENTS_SECRET", "whsec_no+Base64?", "$LEADPREDICT_EVENTS_SECRET has a secret that begins with whsec_ and goes on with something other than Base64")]
    [InlineData("LEADPREDICT_EVENTS_SECRET", "a-secret-of-twenty-four-bytes and-a-short-one", "a signing secret of 15 bytes; expected 24 or more")]
    [InlineData("LEADPREDICT_EVENTS_SECRET", "a-secret-of-twenty-four-bytes", "there is no store at sqlite:leadpredict.db, and events are told of its leads")]
    [InlineData("LEADPREDICT_INGEST_SECRET_HUBSPOTT", "a-long-secret", "$LEADPREDICT_INGEST_SECRET_HUBSPOTT is set, and there is no such source; expected one of LEADPREDICT_INGEST_SECRET_")]
    [InlineData("LEADPREDICT_INGEST_SECRET_CLOUDEVENTS", "whsec_no+Base64?", "$LEADPREDICT_INGEST_SECRET_CLOUDEVENTS has a secret that begins with whsec_")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "$OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4317'; expected an address such as http://localhost:4317")]
    public async Task Serve_SettingThatCanDoNothing_IsRefused(string variable, string value, string expected)
    {
        string[] store = value.Contains(' ', StringComparison.Ordinal) ? ["--create-store"] : [];
        string[] events = variable.Contains("EVENTS", StringComparison.Ordinal) ? ["--events-url", "http://127.0.0.1:1/hook", .. store] : [];
        string log = await LogAsync("http://127.0.0.1:0", new() { [variable] = value }, events);
        log.ShouldContain(expected);
        log.ShouldNotContain("serving on");
        log.ShouldNotContain("   at ");
        log.Contains(value.Split(' ')[^1], StringComparison.Ordinal).ShouldBe(variable.StartsWith("OTEL", StringComparison.Ordinal), "no secret stands in a message");
    }

    /// <summary>What the service says until it serves, and is killed then, or ends.</summary>
    private async Task<string> LogAsync(string url, Dictionary<string, string>? environment = null, params string[] more)
    {
        using var service = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "leadpredict.dll"), "serve", .. more, "--urls", url])
            {
                RedirectStandardError = true,
                WorkingDirectory = _folder.FullName,
            },
        };
        service.StartInfo.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        service.StartInfo.Environment["Kestrel__Endpoints__Other__Url"] = "http://127.0.0.1:1";
        foreach ((string name, string value) in environment ?? [])
        {
            service.StartInfo.Environment[name] = value;
        }

        service.Start();
        var lines = new List<string>();
        while (await service.StandardError.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("serving on", StringComparison.Ordinal))
            {
                service.Kill(entireProcessTree: true);
            }
        }

        return string.Join('\n', lines);
    }
}
