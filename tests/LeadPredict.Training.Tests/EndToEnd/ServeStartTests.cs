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

    /// <summary>What the service says until it serves, and is killed then, or ends.</summary>
    private async Task<string> LogAsync(string url)
    {
        using var service = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "leadpredict.dll"), "serve", "--urls", url])
            {
                RedirectStandardError = true,
                WorkingDirectory = _folder.FullName,
            },
        };
        service.StartInfo.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        service.StartInfo.Environment["Kestrel__Endpoints__Other__Url"] = "http://127.0.0.1:1";
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
