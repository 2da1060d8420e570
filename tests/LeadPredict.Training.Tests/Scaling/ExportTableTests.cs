using System.Text.Json;
using LeadPredict.Features;

namespace LeadPredict.Training.Tests.Scaling;

public sealed class ExportTableTests(ExportedHistory exported) : IClassFixture<ExportedHistory>
{
    /// <summary>What the simulator's recipe gives an MQL to become SQL, and an SQL to be won.</summary>
    private const int QualifyDays = 60, CloseDays = 120;

    private static readonly TimeSpan Horizon = TimeSpan.FromDays(QualifyDays);

    [Fact]
    public void Table_ItsSides_GoForwardInTimeAndShareNoAccount()
    {
        DateTimeOffset calibrateFrom = exported.Json.GetProperty("calibrateFrom").GetDateTimeOffset();
        DateTimeOffset testFrom = exported.Json.GetProperty("testFrom").GetDateTimeOffset();
        exported.Rows("train").ShouldAllBe(row => ExportedHistory.AsOf(row) + Horizon <= calibrateFrom);
        exported.Rows("calibrate").ShouldAllBe(row => ExportedHistory.AsOf(row) >= calibrateFrom && ExportedHistory.AsOf(row) + Horizon <= testFrom);
        exported.Rows("test").ShouldAllBe(row => ExportedHistory.AsOf(row) >= testFrom);
        string[] sides = ["train", "calibrate", "test"];
        foreach (string side in sides)
        {
            exported.Rows(side).Count().ShouldBe(exported.Json.GetProperty("rows").GetProperty(side).GetInt32());
            exported.Rows(side).Count(row => row[3] == "1").ShouldBeGreaterThan(20, side);
            exported.Rows(side).Count(row => row[3] == "0").ShouldBeGreaterThan(20, side);
            foreach (string other in sides.Where(other => other != side))
            {
                exported.Rows(side).Select(row => row[1]).Intersect(exported.Rows(other).Select(row => row[1])).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Table_ItsColumns_AreTheSchemasFeaturesInOrder()
    {
        using JsonDocument description = JsonDocument.Parse(File.ReadAllText(exported.Schema));
        var schema = FeatureSchema.FromJson(description.RootElement.GetProperty("schema").GetRawText());
        JsonElement[] columns = [.. description.RootElement.GetProperty("columns").EnumerateArray()];
        exported.Records[0].ShouldBe(["side", "group", "asOf", "label", .. columns.Select(column => column.GetProperty("name").GetString()!)]);
        columns.Select(column => column.GetProperty("feature").GetString()).ShouldBe(schema.Features.Select(feature => feature.Name));
        columns.Select(column => column.GetProperty("type").GetString() == "c").ShouldBe(schema.Features.Select(feature => feature.Kind == FeatureKind.Categorical));
        exported.Records.ShouldAllBe(row => row.Length == 4 + columns.Length);
    }

    [Fact]
    public async Task Table_WrittenTwice_HasTheSameBytes()
    {
        (await ConsoleRun.Of("export-table", "--store", exported.Store, "--out", exported.At("again.csv"))).ExitCode.ShouldBe(0);
        (await File.ReadAllBytesAsync(exported.At("again.csv"))).ShouldBe(await File.ReadAllBytesAsync(exported.Table));
        (await File.ReadAllBytesAsync(exported.At("again.schema.json"))).ShouldBe(await File.ReadAllBytesAsync(exported.Schema));
    }

    [Fact]
    public async Task Table_OfTheClose_AsksFromEntryToWonWithinBothLinks()
    {
        ConsoleRun run = await ConsoleRun.Of("export-table", "--store", exported.Store, "--out", exported.At("close.csv"), "--question", "close");
        run.ExitCode.ShouldBe(0, run.Error);
        (run.Out.Contains("would refuse", StringComparison.Ordinal), run.Error.Contains("warning: Of the ", StringComparison.Ordinal)).ShouldBe((false, true));
        using JsonDocument description = JsonDocument.Parse(await File.ReadAllTextAsync(exported.At("close.schema.json")));
        description.RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetString()).ShouldBe(["MarketingQualified", "Won"]);
        description.RootElement.GetProperty("horizonDays").GetDouble().ShouldBe(QualifyDays + CloseDays);
    }
}
