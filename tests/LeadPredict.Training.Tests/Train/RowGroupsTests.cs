using System.Globalization;

namespace LeadPredict.Training.Tests.Train;

/// <summary>Rows of one customer, whose label a model can know by heart and not of another.</summary>
public sealed class RowGroupsTests : IDisposable
{
    private const double Rate = 0.4;

    // Where any model will do.
    private static readonly string[] Quick = ["--learner", "trees", "--trees", "50", "--calibration", "none"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-groups-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Train_OnManyRowsACustomer_LearnsNothingThatOthersDoNotShare()
    {
        string table = Write("train.csv", Customers(300, seed: 1));
        string test = Write("test.csv", Customers(300, seed: 2));

        (double alone, _) = await TrialAsync("alone", table, test, "--drop", "customer");
        (double together, ConsoleRun trained) = await TrialAsync("together", table, test, "--group", "Customer");

        double level = -((Rate * Math.Log(Rate)) + ((1 - Rate) * Math.Log(1 - Rate)));
        alone.ShouldBeGreaterThan(level + 0.1, "customers known by heart");
        together.ShouldBeLessThan(level + 0.03);
        trained.Json.GetProperty("metrics").GetProperty("logLoss").GetDouble().ShouldBe(together, 0.05);
        trained.Json.GetProperty("leftOut").EnumerateArray().Select(note => note.GetProperty("name").GetString()).ShouldContain("customer");
        File.ReadAllText(At("together/m/1/card.md")).ShouldContain("rows of one 'Customer'");
    }

    [Fact]
    public async Task Evaluate_OnManyRowsACustomer_IsLessSureWhenItKnows()
    {
        string table = Write("train.csv", Customers(300, seed: 1));
        await TrialAsync("m", table, table, ["--drop", "customer", .. Quick]);

        static double Width(ConsoleRun run) => run.Json.GetProperty("intervals").GetProperty("logLoss")[1].GetDouble() - run.Json.GetProperty("intervals").GetProperty("logLoss")[0].GetDouble();
        string[] evaluate = ["evaluate", "--models", At("m"), "--model", "m", "--table", Write("test.csv", Customers(100, seed: 2)), "--label", "label", "--json"];
        double alone = Width(await ConsoleRun.Of(evaluate));
        double together = Width(await ConsoleRun.Of([.. evaluate, "--group", "customer"]));

        together.ShouldBeGreaterThan(1.5 * alone);
    }

    /// <summary>Most rows have no customer, so that repeats of one stand in groups of their own.</summary>
    [Fact]
    public async Task Train_OnRepeatedRowsOfWhichFewHaveACustomer_DoesNotKnowThemByHeartAndSaysSo()
    {
        string[] rows = [.. Customers(150, seed: 1).Select((row, at) => (at % 10 == 0 ? "c" + at : "") + row[row.IndexOf(',', StringComparison.Ordinal)..])];
        var random = new Random(4);
        string[] noise = [.. rows.Select(row => row[..^1] + random.Next(2))];
        string[] tripled = [.. noise, .. noise, .. noise];
        random.Shuffle(tripled);

        ConsoleRun run = await ConsoleRun.Of("train", "--table", Write("train.csv", tripled), "--label", "label", "--models", At("m"), "--name", "m", "--json", "--group", "customer");

        run.Error.ShouldContain("stand there more than once");
        run.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!).ShouldContain(warning => warning.Contains("stand there more than once"));
        File.ReadAllText(At("m/m/1/card.md")).ShouldContain("stand there more than once");
        run.Json.GetProperty("metrics").GetProperty("auc").GetDouble().ShouldBeLessThan(0.6);
    }

    [Fact]
    public async Task Evaluate_OfFewCustomers_IsRefused()
    {
        string table = Write("train.csv", Customers(300, seed: 1));
        await TrialAsync("m", table, table, ["--drop", "customer", .. Quick]);

        ConsoleRun run = await ConsoleRun.Of("evaluate", "--models", At("m"), "--model", "m", "--table", Write("few.csv", Customers(19, seed: 2)), "--label", "label", "--group", "customer");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("has 19 of them");
    }

    [Fact]
    public async Task Train_WithACustomerColumnAsFeature_IsToldOfGroups()
    {
        ConsoleRun run = await ConsoleRun.Of("train", "--table", Write("train.csv", Customers(300, seed: 1)), "--label", "label", "--models", At("m"), "--name", "m");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("belongs to --group");
    }

    [Theory]
    [InlineData("nobody", null, "--group names 'nobody'")]
    [InlineData("label", null, "is the label")]
    [InlineData("Customer", "customer", "--drop and --group both name 'Customer'")]
    public async Task Train_GroupThatCannotBe_IsRefused(string group, string? drop, string said)
    {
        ConsoleRun run = await ConsoleRun.Of(
            ["train", "--table", Write("train.csv", Customers(50, seed: 1)), "--label", "label", "--models", At("m"), "--name", "m", "--group", group, .. drop is null ? Array.Empty<string>() : ["--drop", drop]]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(said);
    }

    private async Task<(double LogLoss, ConsoleRun Trained)> TrialAsync(string name, string table, string test, params string[] more)
    {
        ConsoleRun trained = await ConsoleRun.Of(["train", "--table", table, "--label", "label", "--models", At(name), "--name", "m", "--json", .. more]);
        trained.ExitCode.ShouldBe(0, trained.Error);
        ConsoleRun evaluated = await ConsoleRun.Of("evaluate", "--models", At(name), "--model", "m", "--table", test, "--label", "label", "--json");
        return (evaluated.Json.GetProperty("logLoss").GetDouble(), trained);
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        File.WriteAllLines(At(name), ["customer,a,b,c,label", .. lines]);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Eight rows a customer, in any order, that tell the customer and nothing of the label.</summary>
    private static string[] Customers(int count, int seed)
    {
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(0, count).SelectMany(customer =>
        {
            (double a, double b, double c, bool label) = (random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble() < Rate);
            double Near(double value) => value + (0.002 * random.NextDouble());
            return Enumerable.Range(0, 8).Select(_ => string.Create(CultureInfo.InvariantCulture, $"c{customer},{Near(a):R},{Near(b):R},{Near(c):R},{(label ? 1 : 0)}")).ToArray();
        })];
        random.Shuffle(rows);
        return rows;
    }
}
