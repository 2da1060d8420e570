using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Training.ExportTable;

namespace LeadPredict.Training.Tests.Scaling;

public sealed class HistoryImportTests(ExportedHistory exported) : IClassFixture<ExportedHistory>
{
    [Fact]
    public async Task Model_OfAnExportedTable_IsCalibratedBeforeTheTestAndScoresLeads()
    {
        string models = exported.At("models");
        JsonElement imported = (await Import(exported.HandMadeModel("hand.json", 8), models)).Json;
        imported.GetProperty("rows").GetProperty("calibrate").GetInt32().ShouldBe(exported.Rows("calibrate").Count());
        imported.GetProperty("metrics").GetProperty("sql").GetProperty("n").GetInt32().ShouldBe(exported.Rows("test").Count());
        imported.GetProperty("calibrateFrom").GetDateTimeOffset().ShouldBeLessThan(imported.GetProperty("testFrom").GetDateTimeOffset());

        ModelArtifact artifact = new ModelRepository(models).Load("hand", 1);
        artifact.Sql.ShouldNotBeNull().Intervals.Low[0].ShouldBeGreaterThan(0);
        artifact.Funnel!.Close.ShouldBeNull();
        (await ConsoleRun.Of(
            "score", "--models", models, "--model", "hand", "--store", exported.Store, "--as-of", "2025-06-01", "--out", exported.At("scores.csv"))).ExitCode.ShouldBe(0);
        File.ReadLines(exported.At("scores.csv")).Count().ShouldBeGreaterThan(1000);
        (await ConsoleRun.Of("compare", "--models", models, "--model", "hand", "--json")).Json.GetProperty("verdict").GetString()!.ShouldEndWith(".");
    }

    [Fact]
    public async Task Model_AskingForAnotherColumn_IsRefusedWithItsName()
    {
        ConsoleRun refused = await Import(exported.HandMadeModel("strange.json", 8, "shoe size"), exported.At("none"));
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("/learner/feature_names/0");
        refused.Error.ShouldContain("'shoe size'");
    }

    [Fact]
    public async Task Store_ThatHasGrownSinceTheExport_IsRefused()
    {
        string model = exported.HandMadeModel("late.json", 8);
        string copy = exported.At("grown.db");
        File.Copy(exported.Store["sqlite:".Length..], copy);
        await File.WriteAllTextAsync(exported.At("late.csv"), "Id,Created\nlate-1,2025-07-05\n");
        await File.WriteAllTextAsync(exported.At("late.yaml"), "files:\n  - file: late.csv\n    lead: { id: Id, createdAt: Created }\n");
        (await ConsoleRun.Of("import", exported.At("late.csv"), "--recipe", exported.At("late.yaml"), "--store", "sqlite:" + copy)).ExitCode.ShouldBe(0);
        ConsoleRun refused = await ConsoleRun.Of(
            "import-model", "xgboost", model, "--schema", exported.Schema, "--store", "sqlite:" + copy, "--models", exported.At("none"), "--name", "hand");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("export and learn again");
    }

    [Fact]
    public async Task Table_WithTooFewToCalibrateOn_IsWarnedOfAndItsModelRefused()
    {
        JsonElement close = (await ConsoleRun.Of("export-table", "--store", exported.Store, "--out", exported.At("few.csv"), "--question", "close", "--json")).Json;
        close.GetProperty("warnings").ToString().ShouldContain("side calibrate");
        ConsoleRun refused = await ConsoleRun.Of(
            "import-model", "xgboost", exported.HandMadeModel("few.json", 8), "--schema", exported.At("few.schema.json"), "--store", exported.Store,
            "--models", exported.At("none"), "--name", "hand");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("Side calibrate is too small");
        exported.Json.GetProperty("warnings").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Warnings_RowsOfTooFewAccounts_AreTold()
    {
        TableDescription description = TableDescription.Read(exported.Schema) with { CalibrateAccounts = 20 };
        description.Warnings().ShouldBeEmpty();
        (description with { CalibrateAccounts = 19 }).Warnings().ShouldHaveSingleItem().ShouldContain("of 19 accounts");
    }

    [Theory]
    [InlineData("\"test\":", "\"tests\":")]
    [InlineData("\"SalesQualified\"", "\"Lead\"")]
    [InlineData("\"question\": \"Sql\"", "\"question\": \"Close\"")]
    [InlineData("\"name\": \"touches_7d\"", "\"name\": \"touches_30d\"")]
    [InlineData("\"columns\": [", "\"columns\": null, \"others\": [")]
    public async Task Description_ThatWasChanged_IsRefused(string text, string by)
    {
        string all = await File.ReadAllTextAsync(exported.Schema);
        all.ShouldContain(text);
        await File.WriteAllTextAsync(exported.At("changed.schema.json"), all.Replace(text, by, StringComparison.Ordinal));
        ConsoleRun refused = await ConsoleRun.Of(
            "import-model", "xgboost", exported.HandMadeModel("changed.json", 8), "--schema", exported.At("changed.schema.json"), "--store", exported.Store,
            "--models", exported.At("none"), "--name", "hand");
        refused.ExitCode.ShouldBe(1, refused.Error);
        refused.Error.ShouldContain("export-table");
    }

    [Fact]
    public async Task Options_OfBothModes_AreRefusedTogether()
    {
        ConsoleRun both = await ConsoleRun.Of(
            "import-model", "xgboost", exported.HandMadeModel("both.json", 8), "--schema", exported.Schema, "--table", exported.Table, "--label", "label",
            "--models", exported.At("none"), "--name", "hand");
        both.ExitCode.ShouldBe(1);
        both.Error.ShouldContain("one or the other");
        ConsoleRun alone = await ConsoleRun.Of(
            "import-model", "xgboost", exported.HandMadeModel("both.json", 8), "--store", exported.Store, "--models", exported.At("none"), "--name", "hand");
        alone.ExitCode.ShouldBe(1);
        alone.Error.ShouldContain("--schema");
    }

    private Task<ConsoleRun> Import(string model, string models) => ConsoleRun.Of(
        "import-model", "xgboost", model, "--schema", exported.Schema, "--store", exported.Store, "--models", models, "--name", "hand", "--json");
}
