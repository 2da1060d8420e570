using System.Diagnostics;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>The service is set up by its own options, whatever lies in the folder that it is started in.</summary>
public sealed class StartFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"Kestrel": {"Endpoints": {"Other": {"Url": "http://127.0.0.1:1"}}}}""")]
    [InlineData("{")]
    public async Task Serve_WhereAnotherProgramKeepsItsSettings_ListensWhereItIsTold(string settings)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), settings);
        using var service = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "leadpredict.dll"), "serve", "--urls", "http://127.0.0.1:0"])
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

        lines.ShouldContain(line => line.Contains("environment: Production", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("serving on http://127.0.0.1:", StringComparison.Ordinal) && !line.Contains(":1,", StringComparison.Ordinal), string.Join('\n', lines));
    }
}
