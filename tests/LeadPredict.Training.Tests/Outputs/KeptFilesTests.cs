using LeadPredict.Testing;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;

namespace LeadPredict.Training.Tests.Outputs;

/// <summary>Commands that write a file leave alone what they read: the store, the models, and their inputs.</summary>
public sealed class KeptFilesTests : IDisposable
{
    private const string Kept = "kept\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-kept-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string> Outputs => new()
    {
        { "score --model leads --models MODELS --store STORE", "s.db" },
        { "score --model leads --models MODELS --store STORE", "link/s.db" },
        { "score --model leads --models MODELS --store STORE", "s.db-wal" },
        { "score --model leads --models MODELS --in requests.ndjson", "requests.ndjson" },
        { "export-table --store STORE", "s.db" },
        { "export-table --store STORE", "link/s.db" },
        { "scorecard learn --store STORE", "s.db" },
        { "scorecard learn --store STORE --scorecard card.yaml", "link/card.yaml" },
        { "report --store STORE", "s.db" },
        { "report --store STORE --models m", "m/leads/aliases.json" },
        { "report --store STORE --models m", "link/m/leads/1/card.md" },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Command_OntoWhatItReadsOrKeeps_IsRefusedAndNothingIsLost(string command, string output)
    {
        Directory.CreateDirectory(At("m/leads/1"));
        Directory.CreateSymbolicLink(At("link"), _folder.FullName);
        await File.WriteAllTextAsync(At("m/leads/1/manifest.json"), Kept);
        await File.WriteAllTextAsync(At(output), Kept);
        string[] words = [.. command.Split(' ').Select(word => word switch
        {
            "STORE" => "sqlite:" + At("s.db"),
            "MODELS" => SharedFiles.Repository("models"),
            "m" or "card.yaml" or "requests.ndjson" => At(word),
            _ => word,
        })];

        ConsoleRun run = await ConsoleRun.Of([.. words, "--out", At(output)]);

        (run.ExitCode, run.Error.Trim()).ShouldBe((1, $"--out '{At(output)}': it is read or kept by this command, and would be lost; expected another file"));
        (await File.ReadAllTextAsync(At(output))).ShouldBe(Kept);
    }

    [Fact]
    public void Output_ThatIsWrittenAsideOntoAnInput_IsRefused() =>
        Should.Throw<RefusalException>(() => KeptFiles.RefuseToReplace("--out", At("x.csv"), "sqlite:s.db", models: null, At("x.csv.part")));

    [Fact]
    public void Output_BesideTheModels_IsTaken()
    {
        foreach (string output in new[] { "m/report.html", "m/leads/report.html", "m/leads/1/report.html", "aliases.json" })
        {
            Should.NotThrow(() => KeptFiles.RefuseToReplace("--out", At(output), "sqlite:s.db", At("m")));
        }
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
