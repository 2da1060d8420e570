using System.Globalization;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Simulate;

namespace LeadPredict.Training.Tests.Simulate;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("leadpredict-simulate").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Simulate_SameSeedTwice_WritesTheSameBytes()
    {
        Write("a", 300, 5);
        Write("b", 300, 5);
        Write("c", 300, 6);
        foreach (string file in Directory.EnumerateFiles(Folder("a")).Select(path => Path.GetFileName(path)))
        {
            File.ReadAllBytes(Path.Combine(Folder("b"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(Folder("a"), file)), file);
        }

        File.ReadAllText(Path.Combine(Folder("c"), "touches.csv")).ShouldNotBe(File.ReadAllText(Path.Combine(Folder("a"), "touches.csv")));
    }

    [Fact]
    public void Simulate_RowsOnDisk_HaveTwoClocksAndEndBeforeTheEnd()
    {
        Write("a", 1500, 5);
        int late = 0;
        foreach (string file in new[] { "accounts", "leads", "attributes", "touches", "transitions", "outcomes" })
        {
            foreach (Dictionary<string, string> row in Read("a", file + ".csv"))
            {
                DateTimeOffset happened = Instant(row.GetValueOrDefault("occurredAt") ?? row["createdAt"]);
                DateTimeOffset recorded = Instant(row["recordedAt"]);
                recorded.ShouldBeGreaterThanOrEqualTo(happened);
                recorded.ShouldBeLessThan(SimulationCalendar.End);
                happened.ShouldBeGreaterThanOrEqualTo(SimulationCalendar.Start);
                late += recorded - happened > TimeSpan.FromDays(1) ? 1 : 0;
            }
        }

        late.ShouldBeGreaterThan(500);
        Read("a", "truth.csv").ShouldAllBe(row => Instant(row["asOf"]) < SimulationCalendar.End);
    }

    [Fact]
    public void Simulate_SomeTouches_AreSentTwiceAndLater()
    {
        SimulationSummary summary = Write("a", 1500, 5);
        var repeated = Read("a", "touches.csv").GroupBy(row => row["id"]).Where(group => group.Count() > 1).ToList();
        repeated.Count.ShouldBe(summary.RepeatedTouches);
        repeated.Count.ShouldBeGreaterThan(50);
        repeated.ShouldAllBe(group => Instant(group.Last()["recordedAt"]) > Instant(group.First()["recordedAt"])
            && group.First()["occurredAt"] == group.Last()["occurredAt"]);
    }

    [Fact]
    public void Simulate_FolderWithSomethingElse_IsRefusedByName()
    {
        Directory.CreateDirectory(Folder("a"));
        File.WriteAllText(Path.Combine(Folder("a"), "thesis.docx"), "");
        Should.Throw<RefusalException>(() => Write("a", 300, 5)).Message.ShouldContain("'thesis.docx'");
        Directory.EnumerateFileSystemEntries(Folder("a")).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("leads.csv")]
    [InlineData("leads.csv", "touches.csv.part")]
    [InlineData("leads.csv", "manifest.json")]
    [InlineData("manifest.json")]
    public void Simulate_FolderWithFilesOfTheSameNames_IsRefusedByName(params string[] names)
    {
        Directory.CreateDirectory(Folder("a"));
        Array.ForEach(names, name => File.WriteAllText(Path.Combine(Folder("a"), name), "{}"));

        Should.Throw<RefusalException>(() => Write("a", 300, 5)).Message.ShouldContain($"holds '{names[0]}' and no manifest.json that tells of a simulation");

        Directory.EnumerateFiles(Folder("a")).Select(path => Path.GetFileName(path)).Order().ShouldBe(names);
        names.ShouldAllBe(name => File.ReadAllText(Path.Combine(Folder("a"), name)) == "{}");
    }

    [Fact]
    public void Simulate_FolderOfASimulationThatWasKilled_IsWrittenAnew()
    {
        Directory.CreateDirectory(Folder("a"));
        File.WriteAllText(Path.Combine(Folder("a"), "leads.csv" + CsvFile.Unfinished), "half");
        Write("a", 300, 5).Leads.ShouldBe(300);
    }

    [Fact]
    public void Simulate_FolderOfAnEarlierSimulation_IsWrittenAnew()
    {
        Write("a", 300, 5);
        Write("a", 200, 5).Leads.ShouldBe(200);
        Directory.EnumerateFiles(Folder("a")).ShouldAllBe(path => !path.EndsWith(CsvFile.Unfinished, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1_000_001)]
    public void Simulate_LeadsOutOfRange_IsRefused(int leads)
    {
        Should.Throw<RefusalException>(() => Write("a", leads, 5)).Message.ShouldContain("--leads");
        Directory.Exists(Folder("a")).ShouldBeFalse();
    }

    [Fact]
    public void Simulate_Stopped_LeavesNoFile()
    {
        Should.Throw<OperationCanceledException>(() => SimulationRun.Write(
            Folder("a"), new SimulationOptions(300), cancellation: new CancellationToken(canceled: true)));
        Directory.EnumerateFileSystemEntries(Folder("a")).ShouldBeEmpty();
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private string Folder(string name) => Path.Combine(_root, name);

    private SimulationSummary Write(string name, int leads, long seed) => SimulationRun.Write(Folder(name), new SimulationOptions(leads, seed));

    private IEnumerable<Dictionary<string, string>> Read(string name, string file)
    {
        using CsvTable table = CsvTable.Open(Path.Combine(Folder(name), file));
        foreach (CsvRecord record in table.Records())
        {
            yield return table.Header.Names.Zip(record.Fields).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }
}
