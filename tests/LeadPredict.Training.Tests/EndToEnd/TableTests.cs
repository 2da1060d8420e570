using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LeadPredict.Training.Tests.EndToEnd;

public sealed class TableTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-table-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Table_TrainedTwice_GivesTheSameBytesAndFindsThePlantedSignal()
    {
        string train = Write("train.csv", rows: 1500, seed: 1, leak: false);
        string test = Write("test.csv", rows: 1500, seed: 2, leak: false);
        foreach (string models in new[] { "a", "b" })
        {
            (await Train(train, models)).ExitCode.ShouldBe(0);
        }

        foreach (string file in Directory.GetFiles(At("a/planted/1")))
        {
            File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(At("b/planted/1/" + Path.GetFileName(file))), file);
        }

        ConsoleRun evaluated = await ConsoleRun.Of(
            "evaluate", "--models", At("a"), "--model", "planted", "--table", test, "--label", "converted", "--json");
        evaluated.Json.GetProperty("auc").GetDouble().ShouldBeInRange(0.7, 0.85);
        evaluated.Json.GetProperty("ece").GetDouble().ShouldBeLessThan(0.06);
        JsonElement model = evaluated.Json.GetProperty("model");
        (model.GetProperty("name").GetString(), model.GetProperty("version").GetInt32()).ShouldBe(("planted", 1));
        foreach (string figure in new[] { "calibrationSlope", "calibrationIntercept", "prAuc", "liftAt10", "liftAt20", "precisionAt10", "precisionAt20" })
        {
            evaluated.Json.GetProperty(figure).GetDouble().ShouldBeInRange(evaluated.Json.GetProperty("intervals").GetProperty(figure)[0].GetDouble(), evaluated.Json.GetProperty("intervals").GetProperty(figure)[1].GetDouble());
        }

        string scored = At("scored.csv");
        (await ConsoleRun.Of("score", "--models", At("a"), "--model", "planted", "--in", test, "--out", scored)).ExitCode.ShouldBe(0);
        string[] lines = await File.ReadAllLinesAsync(scored);
        lines.Length.ShouldBe(1501);
        lines[0].ShouldBe("visits,channel,converted,probability,low,high");
    }

    [Fact]
    public async Task Evaluate_RowsOfOneClass_LeavesOpenWhatTheyCannotSay()
    {
        (await Train(Write("train.csv", rows: 600, seed: 1, leak: false), "m")).ExitCode.ShouldBe(0);
        string[] lines = await File.ReadAllLinesAsync(Write("test.csv", rows: 200, seed: 2, leak: false));
        string lost = At("lost.csv");
        await File.WriteAllLinesAsync(lost, [lines[0], .. lines.Skip(1).Where(line => line.EndsWith(",0", StringComparison.Ordinal))]);
        ConsoleRun evaluated = await ConsoleRun.Of(
            "evaluate", "--models", At("m"), "--model", "planted", "--table", lost, "--label", "converted", "--json");
        evaluated.ExitCode.ShouldBe(0, evaluated.Error);
        evaluated.Json.GetProperty("positives").GetInt32().ShouldBe(0);
        evaluated.Json.GetProperty("auc").ValueKind.ShouldBe(JsonValueKind.Null);
        evaluated.Json.GetProperty("calibrationSlope").ValueKind.ShouldBe(JsonValueKind.Null);
        evaluated.Json.GetProperty("logLoss").GetDouble().ShouldBeInRange(0.05, 1);
    }

    [Fact]
    public async Task Table_WithAColumnWrittenAfterwards_IsRefusedByNameUntilDropped()
    {
        string train = Write("train.csv", rows: 600, seed: 3, leak: true);
        ConsoleRun refused = await Train(train, "m");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("closeNote");
        refused.Error.ShouldContain("--drop");
        Directory.Exists(At("m/planted/1")).ShouldBeFalse();
        (await Train(train, "m", "--drop", "closeNote")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("--drop")]
    [InlineData("--accept-leak")]
    public async Task Table_WithANameThatIsNoColumn_IsRefused(string option)
    {
        ConsoleRun refused = await Train(Write("train.csv", rows: 600, seed: 3, leak: true), "m", option, "closeNot");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain($"{option} names 'closeNot'");
        Directory.Exists(At("m/planted/1")).ShouldBeFalse();
    }

    [Fact]
    public async Task Table_FixedTreesWithoutCalibration_IsFittedOnceAndClaimsNoFigures()
    {
        string train = Write("train.csv", rows: 1500, seed: 1, leak: false);
        ConsoleRun run = await Train(train, "m", "--learner", "trees", "--trees", "20", "--calibration", "none", "--json");
        run.ExitCode.ShouldBe(0);
        run.Json.GetProperty("evaluatedOn").GetString().ShouldBe("nothing");
        run.Json.GetProperty("metrics").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Json.GetProperty("trees").GetInt32().ShouldBe(20);
        string card = await File.ReadAllTextAsync(At("m/planted/1/card.md"));
        card.ShouldContain("Not measured: no leads were held out.");
        card.ShouldContain("the interval of a score is unknown (0 to 1)");
        string scored = At("scored.csv");
        (await ConsoleRun.Of("score", "--models", At("m"), "--model", "planted", "--in", train, "--out", scored)).ExitCode.ShouldBe(0);
        (await File.ReadAllLinesAsync(scored)).Skip(1).ShouldAllBe(line => line.EndsWith(",0,1"));
    }

    [Fact]
    public async Task Table_TooFewPositives_IsRefusedWithWhatIsMissing()
    {
        string file = At("few.csv");
        await File.WriteAllTextAsync(file, "visits,converted\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i % 7},{(i < 5 ? 1 : 0)}\n")));
        ConsoleRun refused = await Train(file, "m");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("5");
        refused.Error.ShouldContain("20");
    }

    [Fact]
    public async Task Table_OfAHeaderAlone_IsRefusedAsSuchWithATimeToo()
    {
        await File.WriteAllTextAsync(At("empty.csv"), "made,visits,converted\n");
        (await Train(At("empty.csv"), "m", "--time", "made")).Error.ShouldContain("empty.csv has a header but no rows; expected labelled rows to learn from");
    }

    [Fact]
    public async Task Table_ColumnsNamedWithCommas_CanBeDroppedAcceptedAndConstrained()
    {
        string train = Write("train.csv", rows: 600, seed: 3, leak: true);
        await File.WriteAllTextAsync(train, (await File.ReadAllTextAsync(train)).Replace("visits,channel,closeNote,", "\"visits, all\",channel,\"note, at close\",", StringComparison.Ordinal));

        (await Train(train, "m")).Error.ShouldContain("--drop 'note, at close',");
        ConsoleRun dropped = await Train(train, "m", "--drop", "note, at close", "--decreasing", "visits, all");
        dropped.ExitCode.ShouldBe(0, dropped.Error);
        (await File.ReadAllTextAsync(At("m/planted/1/card.md"))).ShouldContain("visits, all never raises the score");
        (await Train(train, "m", "--drop", "channel,note, at close")).Error.ShouldContain("--drop names 'note', 'at close'");
        ConsoleRun accepted = await Train(train, "m", "--accept-leak", "note, at close", "--increasing", "visits, all");
        accepted.ExitCode.ShouldBe(0, accepted.Error);
    }

    [Fact]
    public async Task Table_Label_IsNotSaidToBeLeftOut()
    {
        ConsoleRun run = await Train(Write("train.csv", rows: 600, seed: 1, leak: true), "m", "--drop", "closeNote");
        run.Out.ShouldContain("left out closeNote: dropped by request");
        run.Out.ShouldNotContain("left out converted");
        (await File.ReadAllTextAsync(At("m/planted/1/metrics.json"))).ShouldNotContain("\"name\": \"converted\"");
    }

    [Fact]
    public async Task Table_NumbersThatAreReadAsTexts_AreWarnedOf()
    {
        string train = Write("train.csv", rows: 1500, seed: 1, leak: false);
        await File.WriteAllTextAsync(train, (await File.ReadAllTextAsync(train)).Replace("\n7,", "\nunknown,", StringComparison.Ordinal));
        ConsoleRun run = await Train(train, "m", "--json");
        const string said = "column 'visits': 91 % of its cells are numbers, but some are texts such as 'unknown', so it is read as categories";
        run.Error.ShouldContain("warning: " + said);
        run.Json.GetProperty("warnings").EnumerateArray().Single().GetString().ShouldStartWith(said);
        (await File.ReadAllTextAsync(At("m/planted/1/card.md"))).ShouldContain(said);
    }

    [Theory]
    [InlineData("--store", "sqlite:h.db")]
    [InlineData("--scorecard", "no-such-card.yaml")]
    [InlineData("--from", "2024-01-01")]
    [InlineData("--sql-horizon", "30")]
    [InlineData("--close-horizon", "30")]
    [InlineData("--trees", "30", "--learner", "logistic")]
    public async Task Table_OptionsWithoutUse_AreRefused(params string[] options)
    {
        ConsoleRun refused = await Train(Write("train.csv", rows: 600, seed: 3, leak: false), "m", options);
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain($"{options[0]} would be ignored: ");
        Directory.Exists(At("m/planted/1")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--as-of", "2025-01-01")]
    [InlineData("--store", "sqlite:h.db")]
    public async Task Score_OptionsWithoutUse_AreRefused(params string[] options)
    {
        string train = Write("train.csv", rows: 600, seed: 3, leak: false);
        (await Train(train, "m", "--learner", "logistic")).ExitCode.ShouldBe(0);
        ConsoleRun refused = await ConsoleRun.Of(["score", "--models", At("m"), "--model", "planted", "--in", train, "--out", At("o.csv"), .. options]);
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain($"{options[0]} would be ignored: ");
        ConsoleRun resumed = await ConsoleRun.Of("score", "--models", At("m"), "--model", "planted", "--out", At("o.csv"), "--resume");
        (resumed.ExitCode, resumed.Error.Contains("--resume would be ignored: ", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Fact]
    public async Task Table_OfAnotherEncodingOrPacked_IsRefusedWithWhatWorksThere()
    {
        string file = At("old.csv");
        await File.WriteAllBytesAsync(file, [.. "visits,city,converted\n1,K"u8, 0xF6, .. "ln,1\n"u8]);
        (await Train(file, "m")).Error.ShouldContain("iconv -f WINDOWS-1252 -t UTF-8");
        await File.WriteAllBytesAsync(file, [0x1F, 0x8B, 8, 0, 1, 2]);
        (await Train(file, "m")).Error.ShouldContain("unpack it first with gunzip");
        await File.WriteAllBytesAsync(file, [.. "PK\x03\x04"u8, 20, 0, 0xFF, 1]);
        (await Train(file, "m")).Error.ShouldContain("is an Excel workbook or another zip archive");
        await File.WriteAllBytesAsync(file, [.. "PK\x03\x04x,y\n1,2\n"u8]);
        (await Train(file, "m")).Error.ShouldContain("save it as CSV");
        await File.WriteAllBytesAsync(file, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        (await Train(file, "m")).Error.ShouldContain("is an Excel workbook of the old form");
    }

    [Fact]
    public async Task Card_OfFewRows_WritesCountsAsCounts()
    {
        string file = At("few.csv");
        await File.WriteAllTextAsync(file, "visits,converted\n" + string.Concat(Enumerable.Range(0, 90).Select(i => $"{i % 7},{(i % 10 < 3 ? 1 : 0)}\n")));
        (await Train(file, "m")).ExitCode.ShouldBe(0);
        string card = await File.ReadAllTextAsync(At("m/planted/1/card.md"));
        card.ShouldContain("| leads | 90 |  |\n| converted | 27 |  |\n| base rate | 0.3000 |  |\n");
    }

    [Theory]
    [InlineData("--drop")]
    [InlineData("--accept-leak")]
    public async Task Table_WithAnOptionThatNamesTheLabel_IsRefused(string option)
    {
        ConsoleRun refused = await Train(Write("train.csv", rows: 600, seed: 1, leak: false), "m", option, "Converted");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain($"{option} names 'converted', which is the label");
        Directory.Exists(At("m/planted/1")).ShouldBeFalse();
    }

    private Task<ConsoleRun> Train(string table, string models, params string[] more) => ConsoleRun.Of(
        ["train", "--table", table, "--label", "converted", "--models", At(models), "--name", "planted", .. more]);

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private string Write(string name, int rows, int seed, bool leak)
    {
        var random = new Random(seed);
        string[] channels = ["ads", "search", "event"];
        var text = new StringBuilder(leak ? "visits,channel,closeNote,converted\n" : "visits,channel,converted\n");
        for (int i = 0; i < rows; i++)
        {
            int visits = random.Next(12);
            int channel = random.Next(3);
            double odds = -2 + (0.3 * visits) + (channel == 2 ? 1.2 : 0);
            bool converted = random.NextDouble() < 1 / (1 + Math.Exp(-odds));
            text.Append(CultureInfo.InvariantCulture, $"{visits},{channels[channel]},");
            text.Append(leak ? converted ? "signed," : "," : "").Append(converted ? '1' : '0').Append('\n');
        }

        string file = At(name);
        File.WriteAllText(file, text.ToString());
        return file;
    }
}
