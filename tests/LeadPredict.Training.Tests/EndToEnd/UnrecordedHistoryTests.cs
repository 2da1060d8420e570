using System.Text.Json;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>A history that does not say when its rows were recorded, as most exports do not.</summary>
public sealed class UnrecordedHistoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-unrecorded-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Drift_OfTheLeadsThatWereLearntFrom_IsSmall()
    {
        await DoAsync("simulate", "--out", At("made"), "--leads", "1500", "--seed", "9");
        string recipe = At("made/recipe.yaml");
        File.WriteAllText(recipe, File.ReadAllText(recipe).Replace("recordedAt: recordedAt, ", "", StringComparison.Ordinal));
        await DoAsync("import", At("made"), "--store", "sqlite:" + At("h.db"));
        await DoAsync("train", "--store", "sqlite:" + At("h.db"), "--models", At("m"), "--name", "leads", "--learner", "trees", "--trees", "20", "--promote");

        JsonElement drift = (await DoAsync("drift", "--store", "sqlite:" + At("h.db"), "--models", At("m"), "--json")).Json;

        drift.GetProperty("inputs").GetProperty("inputs").EnumerateArray().Single(input => input.GetProperty("name").GetString() == "days_in_stage")
            .GetProperty("stabilityIndex").GetDouble().ShouldBeLessThan(0.25);
    }

    private static async Task<ConsoleRun> DoAsync(params string[] arguments)
    {
        ConsoleRun run = await ConsoleRun.Of(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
