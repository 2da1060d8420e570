using System.Text.Json;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>The quickstart on the committed samples, run once for all tests that look at it.</summary>
public sealed class QuickstartRun : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-quickstart-");

    public static string Root { get; } = FindRoot();

    public string Models => Path.Combine(_folder.FullName, "models");

    public string Store => "sqlite:" + Path.Combine(_folder.FullName, "history.db");

    public string Folder => _folder.FullName;

    public JsonElement Json { get; private set; }

    public async Task InitializeAsync()
    {
        ConsoleRun run = await ConsoleRun.Of(
            "quickstart", "--no-serve", "--json", "--samples", Path.Combine(Root, "data-samples"), "--store", Store, "--models", Models);
        Json = run.Json;
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LeadPredict.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no LeadPredict.sln above {AppContext.BaseDirectory}");
    }
}
