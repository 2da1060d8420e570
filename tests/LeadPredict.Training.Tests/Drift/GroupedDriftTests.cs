using System.Globalization;
using System.Text;

namespace LeadPredict.Training.Tests.Drift;

/// <summary>Rows of one customer are alike: what chance does with few customers is no drift.</summary>
public sealed class GroupedDriftTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-drift-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Evaluate_OfFewCustomersWithManyRows_TellsOfDriftThatIsThereAlone()
    {
        var random = new Random(11);
        Write("train.csv", customers: 300, rows: 4, shift: 0, random);
        Write("later.csv", customers: 40, rows: 10, shift: 0, random);
        Write("other.csv", customers: 40, rows: 10, shift: 3, random);
        (await ConsoleRun.Of("train", "--table", At("train.csv"), "--label", "y", "--group", "customer", "--models", At("m"), "--name", "t", "--learner", "logistic")).ExitCode.ShouldBe(0);

        (await DriftAsync("later.csv")).ShouldBeGreaterThan(0, "row by row it looks like one");
        (await DriftAsync("later.csv", "--group", "customer")).ShouldBe(0);
        (await DriftAsync("other.csv", "--group", "customer")).ShouldBeGreaterThan(0);
    }

    private async Task<int> DriftAsync(string table, params string[] more)
    {
        ConsoleRun run = await ConsoleRun.Of(["evaluate", "--table", At(table), "--label", "y", "--models", At("m"), "--model", "t", .. more]);
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Error.Split('\n').Count(line => line.Contains("is not spread as in training", StringComparison.Ordinal));
    }

    /// <summary>Rows in no order of customers, with four numbers that are the customer's own.</summary>
    private void Write(string name, int customers, int rows, double shift, Random random)
    {
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] own = [.. Enumerable.Range(0, customers).Select(_ => Enumerable.Range(0, 4).Select(_ => Normal() + shift).ToArray())];
        var text = new StringBuilder("customer,a,b,c,d,y\n");
        foreach (int row in Enumerable.Range(0, customers * rows).OrderBy(_ => random.Next()))
        {
            double[] of = own[row % customers];
            int label = random.NextDouble() < 1 / (1 + Math.Exp(1 - (0.5 * (of[0] - shift)))) ? 1 : 0;
            text.AppendLine(CultureInfo.InvariantCulture, $"{name[..1]}{row % customers},{of[0]:0.000},{of[1]:0.000},{of[2]:0.000},{of[3]:0.000},{label}");
        }

        File.WriteAllText(At(name), text.ToString());
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
