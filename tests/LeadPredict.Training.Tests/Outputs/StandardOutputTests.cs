namespace LeadPredict.Training.Tests.Outputs;

/// <summary>Standard output as the file that a command writes.</summary>
public sealed class StandardOutputTests : IDisposable
{
    private const string Stream = "/dev/stdout";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-stdout-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("--out", "report")]
    [InlineData("--out", "scorecard", "learn")]
    [InlineData("--rejects", "import", "leads.csv", "--recipe", "recipe.yaml")]
    public async Task Json_WhereAFileGoesToo_IsRefused(string option, params string[] command)
    {
        File.WriteAllText(At("leads.csv"), "Id,Created\na,2025-01-01\n");
        File.WriteAllText(At("recipe.yaml"), "files: [{ file: leads.csv, lead: { id: Id, createdAt: Created } }]\n");
        string[] words = [.. command.Select(word => word.Contains('.', StringComparison.Ordinal) ? At(word) : word)];

        foreach (string name in (string[])[Stream, "-"])
        {
            ConsoleRun run = await ConsoleRun.Of([.. words, "--store", "sqlite:" + At("history.db"), option, name, "--json"]);

            (run.ExitCode, run.Out).ShouldBe((1, ""));
            run.Error.ShouldContain($"--json prints one JSON object on standard output, where {option} goes too");
        }
    }

    [Theory]
    [InlineData(Stream, "is a pipe or a device")]
    [InlineData("-", "is standard output")]
    public async Task Table_WhoseDescriptionWouldHaveNoPlace_IsRefused(string name, string what)
    {
        ConsoleRun run = await ConsoleRun.Of("export-table", "--store", "sqlite:" + At("history.db"), "--out", name);

        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain($"--out {name} {what}; expected the name of a file");
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
