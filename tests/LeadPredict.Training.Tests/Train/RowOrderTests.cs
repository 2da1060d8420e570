using System.Globalization;
using System.Text.Json;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Tests.Train;

public sealed class RowOrderTests : IDisposable
{
    // Where any learner shows in what order it was given the rows.
    private static readonly string[] Quick = ["--learner", "logistic"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-order-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LiesByLabel_LabelsByChanceOrOfAMarketThatMoves_IsFalse()
    {
        var random = new Random(5);
        for (int table = 0; table < 300; table++)
        {
            int rows = 20 + random.Next(3000);
            (double first, double last) = (random.NextDouble(), random.NextDouble());
            bool jumps = table % 2 == 0;
            byte[] labels = [.. Enumerable.Range(0, rows).Select(row =>
            {
                double level = jumps ? row < rows / 2 ? first : last : first + ((last - first) * row / rows);
                return (byte)(random.NextDouble() < 0.03 + (0.94 * level) ? 1 : 0);
            })];

            RowOrder.LiesByLabel(labels).ShouldBeFalse($"{rows} rows, level from {first} to {last}");
        }
    }

    [Theory]
    [InlineData(401, 0.25)]
    [InlineData(200, 0.3)]
    [InlineData(3000, 0.97)]
    [InlineData(3000, 0.01)]
    public void LiesByLabel_SortedEitherWayOrWithTheRarerAppended_IsTrue(int rows, double rate)
    {
        int positives = (int)(rows * rate);
        byte[] sorted = [.. new byte[rows - positives], .. Enumerable.Repeat((byte)1, positives)];
        RowOrder.LiesByLabel(sorted).ShouldBeTrue();
        RowOrder.LiesByLabel([.. sorted.Reverse()]).ShouldBeTrue();

        byte[] mixed = [.. sorted];
        new Random(1).Shuffle(mixed);
        RowOrder.LiesByLabel(mixed).ShouldBeFalse();
        byte rarer = (byte)(rate < 0.5 ? 1 : 0);
        RowOrder.LiesByLabel([.. mixed, .. Enumerable.Repeat(rarer, rows / 4)]).ShouldBeTrue("oversampled at the end");
    }

    [Fact]
    public async Task Train_OnRowsSortedByTheirLabel_LearnsAsFromAnyOtherOrderAndSaysSo()
    {
        Row[] rows = Rows(1200, seed: 1);
        string test = Write("test.csv", Rows(2000, seed: 2));
        (double loss, _) = await TrialAsync("plain", rows, test);

        (double sorted, string warning) = await TrialAsync("sorted", [.. rows.OrderBy(row => row.Label)], test);

        warning.ShouldContain("the rows lie in the order of their labels");
        sorted.ShouldBeLessThan(loss + 0.02);
    }

    [Fact]
    public async Task Train_OnRowsThatStandThereThreeTimes_DoesNotKnowThemByHeartAndSaysSo()
    {
        Row[] rows = Rows(1200, seed: 1);
        string test = Write("test.csv", Rows(2000, seed: 2));
        (double loss, string quiet) = await TrialAsync("plain", rows, test);
        Row[] tripled = [.. rows, .. rows, .. rows];
        new Random(3).Shuffle(tripled);

        (double repeated, string warning) = await TrialAsync("tripled", tripled, test);

        quiet.ShouldNotContain("more than once");
        warning.ShouldContain("3600 of 3600 rows stand there more than once");
        repeated.ShouldBeLessThan(loss + 0.05);
    }

    [Fact]
    public async Task Train_OnRowsWithTheNewestFirst_LearnsTheSameAsFromTheOldestFirst()
    {
        Row[] rows = [.. Rows(1000, seed: 1).Select((row, at) => row with { Day = at / 4 })];
        string test = Write("test.csv", Rows(500, seed: 2));
        await TrialAsync("oldest", rows, test, Quick);

        (_, string warning) = await TrialAsync("newest", [.. rows.Reverse()], test, Quick);

        warning.ShouldContain("'day' falls from row to row");
        File.ReadAllBytes(At("oldest/m/1/model.json")).ShouldBe(File.ReadAllBytes(At("newest/m/1/model.json")));
    }

    [Fact]
    public async Task Train_WithoutTheDateThatTellsTheNewestFirst_TurnsTheFileAllTheSame()
    {
        Row[] rows = [.. Rows(1000, seed: 1).Select((row, at) => row with { Day = at / 4 })];
        string test = Write("test.csv", Rows(500, seed: 2));
        await TrialAsync("oldest", rows, test, ["--drop", "day", .. Quick]);

        (_, string warning) = await TrialAsync("newest", [.. rows.Reverse()], test, ["--drop", "day", .. Quick]);

        warning.ShouldContain("'day' falls from row to row");
        File.ReadAllBytes(At("oldest/m/1/model.json")).ShouldBe(File.ReadAllBytes(At("newest/m/1/model.json")));
    }

    [Fact]
    public async Task Train_OnShuffledRowsAndTheColumnOfTheirTime_LearnsInItsOrder()
    {
        Row[] rows = [.. Rows(800, seed: 1).Select((row, at) => row with { Day = at })];
        string test = Write("test.csv", Rows(500, seed: 2));
        (_, string quiet) = await TrialAsync("sorted", rows, test, ["--time", "day", .. Quick]);
        Row[] shuffled = [.. rows];
        new Random(4).Shuffle(shuffled);

        (_, string told) = await TrialAsync("shuffled", shuffled, test, Quick);
        (_, string named) = await TrialAsync("named", shuffled, test, ["--time", "DAY", .. Quick]);

        told.ShouldContain("the rows lie in the order of none of their dates ('day')");
        quiet.ShouldNotContain("order");
        named.ShouldNotContain("order");
        File.ReadAllBytes(At("named/m/1/model.json")).ShouldBe(File.ReadAllBytes(At("sorted/m/1/model.json")));
        File.ReadAllText(At("named/m/1/schema.json")).ShouldNotContain("ordinal", Case.Insensitive);
    }

    [Fact]
    public async Task Train_ByNumbersThatRiseWithTime_IsNoFeatureOfThem()
    {
        Row[] rows = Rows(300, seed: 1);
        File.WriteAllLines(At("numbers.csv"), ["a,number,owner,label", .. rows.Select((row, i) => FormattableString.Invariant($"{row.A},{1000 - i},o{i / 3},{row.Label}"))]);
        JsonElement json = (await ConsoleRun.Of(
            "train", "--table", At("numbers.csv"), "--label", "label", "--models", At("m"), "--time", "Number", "--group", "Owner", "--learner", "logistic", "--json")).Json;
        json.GetProperty("leftOut").EnumerateArray().Select(note => (note.GetProperty("name").GetString(), note.GetProperty("reason").GetString()))
            .ShouldBe([("number", "says when the rows were made (--time)"), ("owner", "says whose rows they are (--group)")]);
    }

    [Fact]
    public async Task Train_ByATimeThatIsPartlyMissingOrLeftOut_IsWarnedOf()
    {
        File.WriteAllLines(At("gaps.csv"), ["a,at,seen,label", .. Rows(300, seed: 1).Select((row, i) => FormattableString.Invariant(
            $"{row.A},{(i % 10 == 3 ? "" : $"2024-{1 + (i / 28):D2}-{1 + (i % 28):D2}")},2023-12-{1 + (i % 28):D2},{row.Label}"))]);
        ConsoleRun run = await ConsoleRun.Of("train", "--table", At("gaps.csv"), "--label", "label", "--models", At("m"), "--time", "at", "--drop", "at", "--learner", "trees", "--trees", "3", "--calibration", "none");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("30 of 300 rows say no time in 'at'");
        run.Error.ShouldContain("dates are not counted from 'at', which is left out");
    }

    [Theory]
    [InlineData("no", "--time names 'no', but")]
    [InlineData("label", "which is the label")]
    [InlineData("blank", "which is empty")]
    [InlineData("word", "are neither dates nor numbers of one form")]
    public async Task Train_ByAColumnThatTellsNoTime_IsRefused(string column, string message)
    {
        File.WriteAllLines(At("words.csv"), ["a,word,blank,label", .. Rows(100, seed: 1).Select(row => FormattableString.Invariant($"{row.A},w{row.Day},,{row.Label}"))]);
        ConsoleRun run = await ConsoleRun.Of("train", "--table", At("words.csv"), "--label", "label", "--models", At("m"), "--time", column);
        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain(message);
    }

    private async Task<(double LogLoss, string Error)> TrialAsync(string name, Row[] rows, string test, params string[] more)
    {
        ConsoleRun trained = await ConsoleRun.Of(["train", "--table", Write(name + ".csv", rows), "--label", "label", "--models", At(name), "--name", "m", .. more]);
        trained.ExitCode.ShouldBe(0, trained.Error);
        ConsoleRun evaluated = await ConsoleRun.Of("evaluate", "--models", At(name), "--model", "m", "--table", test, "--label", "label", "--json");
        return (evaluated.Json.GetProperty("logLoss").GetDouble(), trained.Error);
    }

    private string Write(string name, Row[] rows)
    {
        File.WriteAllLines(At(name), [
            "a,b,c,day,label",
            .. rows.Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.A:R},{row.B:R},{row.C:R},{new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(row.Day):yyyy-MM-dd},{row.Label}")),
        ]);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static Row[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            (double a, double b, double c) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            double chance = 1 / (1 + Math.Exp(-((4 * a) - (3 * b) - 1)));
            return new Row(a, b, c, random.Next(300), random.NextDouble() < chance ? 1 : 0);
        })];
    }

    private sealed record Row(double A, double B, double C, int Day, int Label);
}
