using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.ImportModel;

public sealed class TableImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-import-model-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Model_WithoutTable_ScoresAsXgBoostAndSaysItIsNotCalibrated()
    {
        JsonElement imported = (await ConsoleRun.Of("import-model", "xgboost", Fixture(), "--models", At("m"), "--name", "foreign", "--json")).Json;
        imported.GetProperty("imported").GetProperty("learner").GetString().ShouldBe("XGBoost 1.7.4");
        imported.GetProperty("warnings").ToString().ShouldContain("Not calibrated");
        imported.GetProperty("warnings").ToString().ShouldContain("booster[:1]");
        string input = At("in.csv");
        await File.WriteAllTextAsync(input, "asked,channel,visits\nyes,1,4\n,,\n");
        (await ConsoleRun.Of("score", "--models", At("m"), "--model", "foreign", "--in", input, "--out", At("out.csv"))).ExitCode.ShouldBe(0);
        string[] lines = await File.ReadAllLinesAsync(At("out.csv"));
        Probability(lines[1]).ShouldBe(1 / (1 + Math.Exp(-1.75)), 1e-12);
        Probability(lines[2]).ShouldBe(1 / (1 + Math.Exp(-0.25)), 1e-12);
        lines[1].ShouldEndWith(",0,1");
    }

    [Fact]
    public async Task Model_WithLaterRows_IsCalibratedWithIntervalsAndCanBeEvaluated()
    {
        string table = Write("later.csv", 2000, seed: 1);
        JsonElement imported = (await ConsoleRun.Of(
            "import-model", "xgboost", Fixture(), "--models", At("m"), "--name", "foreign", "--table", table, "--label", "won", "--json")).Json;
        imported.GetProperty("calibration").GetString().ShouldNotBe("None");
        double calibrated = imported.GetProperty("metrics").GetProperty("logLoss").GetDouble();
        calibrated.ShouldBeLessThan(imported.GetProperty("uncalibrated").GetProperty("logLoss").GetDouble() - 0.02);
        JsonElement evaluated = (await ConsoleRun.Of(
            "evaluate", "--models", At("m"), "--model", "foreign", "--table", Write("test.csv", 2000, seed: 2), "--label", "won", "--json")).Json;
        evaluated.GetProperty("ece").GetDouble().ShouldBeLessThan(0.05);
        string card = await File.ReadAllTextAsync(At("m/foreign/1/card.md"));
        card.ShouldContain("XGBoost 1.7.4, imported");
        card.ShouldContain("was not seen here");
    }

    [Fact]
    public async Task Model_ImportedTwice_GivesTheSameBytes()
    {
        string table = Write("later.csv", 500, seed: 1);
        foreach (string models in new[] { "a", "b" })
        {
            (await ConsoleRun.Of(
                "import-model", "xgboost", Fixture(), "--models", At(models), "--name", "foreign", "--table", table, "--label", "won")).ExitCode.ShouldBe(0);
        }

        foreach (string file in Directory.GetFiles(At("a/foreign/1")))
        {
            (await File.ReadAllBytesAsync(file)).ShouldBe(await File.ReadAllBytesAsync(At("b/foreign/1/" + Path.GetFileName(file))), file);
        }
    }

    [Fact]
    public async Task Table_EncodedOtherwise_IsRefusedWithTheCell()
    {
        string table = At("words.csv");
        await File.WriteAllTextAsync(table, "visits,channel,asked,won\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},ads,yes,{i % 2}\n")));
        ConsoleRun refused = await ConsoleRun.Of(
            "import-model", "xgboost", Fixture(), "--models", At("m"), "--name", "foreign", "--table", table, "--label", "won");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("'channel'");
        refused.Error.ShouldContain("'ads'");
        refused.Error.ShouldContain("--categories");
        await File.WriteAllTextAsync(At("names.json"), """{ "channel": ["search", "ads", "event"] }""");
        (await ConsoleRun.Of(
            "import-model", "xgboost", Fixture(), "--models", At("m"), "--name", "foreign", "--table", table, "--label", "won",
            "--categories", At("names.json"))).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("ads", true)]
    [InlineData("1", false)]
    public async Task Scoring_OfNamesWhereTheModelKnowsCodes_IsWarnedOf(string channel, bool warned)
    {
        (await ConsoleRun.Of("import-model", "xgboost", Fixture(), "--models", At("m"), "--name", "foreign", "--json")).Json.GetProperty("warnings").ToString()
            .ShouldContain("Column 'channel' has to hold XGBoost's codes from 0");
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{channel},yes,{i % 2}\n"));
        await File.WriteAllTextAsync(At("rows.csv"), "visits,channel,asked,won\n" + rows);
        string[] of = ["--models", At("m"), "--model", "foreign", "--json"];
        foreach (string[] command in new string[][] { ["score", .. of, "--in", At("rows.csv"), "--out", At("out.csv")], ["evaluate", .. of, "--table", At("rows.csv"), "--label", "won"] })
        {
            JsonElement answer = (await ConsoleRun.Of(command)).Json;
            answer.GetProperty("warnings").ToString().Contains("column 'channel': none of its values, such as one like 'xxx', is one that the model knows, such as '0'", StringComparison.Ordinal)
                .ShouldBe(warned, $"{command[0]}: {answer}");
        }
    }

    [Fact]
    public async Task Table_WithTooFewOfAClass_IsRefused()
    {
        string table = At("few.csv");
        await File.WriteAllTextAsync(table, "visits,channel,asked,won\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},1,yes,{(i < 5 ? 1 : 0)}\n")));
        ConsoleRun refused = await ConsoleRun.Of(
            "import-model", "xgboost", Fixture(), "--models", At("m"), "--name", "foreign", "--table", table, "--label", "won");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("20");
        Directory.Exists(At("m/foreign")).ShouldBeFalse();
    }

    [Fact]
    public async Task File_OfAnotherObjective_IsRefusedWithPointer()
    {
        string file = At("other.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Fixture())).Replace("binary:logistic", "rank:ndcg", StringComparison.Ordinal));
        ConsoleRun refused = await ConsoleRun.Of("import-model", "xgboost", file, "--models", At("m"), "--name", "foreign");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("/learner/objective/name");
        refused.Error.ShouldContain("'rank:ndcg'");
        refused.Error.ShouldContain("binary:logistic");
    }

    private static string Fixture() => SharedFiles.Repository("tests", "LeadPredict.Artifacts.Tests", "Import", "Fixtures", "xgboost-1.7.json");

    private static double Probability(string line) => double.Parse(line.Split(',')[^3], CultureInfo.InvariantCulture);

    private string At(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>Rows whose truth is the fixture's score, halved and lowered: XGBoost is too sure of itself there.</summary>
    private string Write(string name, int rows, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("visits,channel,asked,won\n");
        for (int i = 0; i < rows; i++)
        {
            int visits = random.Next(8);
            int channel = random.Next(4);
            bool asked = random.Next(3) == 0;
            double raw = (visits < 3.5 ? -0.5 : channel is 1 or 2 ? 1 : 0.25) + (asked ? 0.75 : -0.125);
            bool won = random.NextDouble() < 1 / (1 + Math.Exp(1.2 - (0.5 * raw)));
            text.Append(CultureInfo.InvariantCulture, $"{visits},{channel},{asked},{(won ? "won" : "lost")}\n");
        }

        File.WriteAllText(At(name), text.ToString());
        return At(name);
    }
}
