using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Train;

/// <summary>Attributes of a history whose names have commas or blanks around them, beside lists of names.</summary>
public sealed class NamesWithCommasTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-commas-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("train", "--drop", "Result, final")]
    [InlineData("train", "--accept-leak", "Result, final")]
    [InlineData("export-table", "--drop", "result, final")]
    [InlineData("export-table", "--accept-leak", "Result, final")]
    public async Task Leak_WithACommaInItsName_IsDroppedOrAcceptedByIt(string command, string option, string value)
    {
        ConsoleRun run = await RunAsync(command, option, value);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("  note: ");
        run.Error.ShouldContain("   late: ");
        run.Error.ShouldNotContain("Result, final");
        run.Error.ShouldNotContain("--drop names");
    }

    [Fact]
    public async Task Leaks_DroppedAsTheRefusalSays_AreDropped()
    {
        string advised = (await RunAsync("export-table")).Error.Split("Leave them out with ")[1].Split(", or, where")[0];
        advised.ShouldBe("--drop 'note' --drop ' late' --drop 'Result, final'");

        ConsoleRun run = await RunAsync("export-table", [.. advised.Split('\'').Select(word => word is " --drop " or "--drop " ? word.Trim() : word).Where(word => word.Length > 0)]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldNotContain("--drop names");
    }

    [Fact]
    public async Task List_OfWhichSomeNamesAreNone_WarnsOfThoseAlone()
    {
        ConsoleRun run = await RunAsync("export-table", "--drop", "note,nott", "--drop", "Result, finale");

        foreach (string name in (string[])["nott", "Result", "finale"])
        {
            run.Error.ShouldContain($"--drop names '{name}', which is no attribute and no feature");
        }

        run.Error.ShouldNotContain("--drop names 'note");
        run.Error.ShouldNotContain("--drop names 'Result, finale'");
    }

    private async Task<ConsoleRun> RunAsync(string command, params string[] options)
    {
        string store = "sqlite:" + Path.Combine(_folder.FullName, "history.db");
        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: true))
        {
            await history.SetFunnelAsync(FunnelDefinition.Create([Stage.MarketingQualified, Stage.Won], null, TimeSpan.FromDays(30)));
            await history.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, 400).Select(i => Lead(i, i % 3 == 0 ? "yes" : "no").BuildAlone())]));
        }

        string[] asked = command == "train" ? ["--models", Path.Combine(_folder.FullName, "models")] : ["--out", Path.Combine(_folder.FullName, "table.csv"), "--question", "close"];
        return await ConsoleRun.Of([command, "--store", store, .. asked, .. options]);
    }

    private static LeadBuilder Lead(int i, string won) =>
        new LeadBuilder($"l{i}", i).Has("size", i % 7).Has("note", won).Has(" late", won).Has("Result, final", won)
            .Enters(Stage.MarketingQualified, i + 2).Enters(won == "yes" ? Stage.Won : Stage.Lost, i + 12);
}
