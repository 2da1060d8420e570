using System.Globalization;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Tests.Evaluate;

/// <summary>A model of few different scores, measured on files of all kinds.</summary>
public sealed class EvaluateTests : IDisposable
{
    private static readonly double[] Rates = [0.1, 0.3, 0.5];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-evaluate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Evaluate_FileInTheOrderOfItsLabels_HasTheSameFigures()
    {
        string[] later = Rows(3000, seed: 2, 1);
        await TrainAsync(Rows(3000, seed: 1, 1));

        double usual = (await EceAsync(later)).Ece;
        double sorted = (await EceAsync([.. later.OrderBy(row => row[^1])])).Ece;

        usual.ShouldBeLessThan(0.04);
        sorted.ShouldBeLessThan(0.04, "rows of equal probability fill no bin with those that converted");
    }

    [Fact]
    public async Task Evaluate_FewRowsOfAModelThatExpectsHardlyAny_WarnsOfNoDriftThatChanceMakes()
    {
        await TrainAsync(Rows(6000, seed: 1, 0.05));

        (await EceAsync([.. Rows(2000, seed: 2, 0.05).Where(row => row[^1] == '0').Take(200)])).Said.ShouldNotContain("% of the training rows did");
        (await EceAsync(Rows(200, seed: 3, 1))).Said.ShouldContain("% of the training rows did");
    }

    [Fact]
    public async Task Train_CalibrationThatWasAskedFor_IsNotCalledChosen()
    {
        await TrainAsync(Rows(500, seed: 1, 1), "--calibration", "sigmoid");

        File.ReadAllText(At("m/t/1/card.md")).ShouldContain("calibration Sigmoid, as it was asked for");
    }

    [Fact]
    public void Rows_OfAFileThatGrowsMeanwhile_AreRefused()
    {
        LabelledTable table = LabelledTable.Open(Write("t.csv", Rows(100, seed: 1, 1)), "y");
        table.Rows().Count().ShouldBe(100);

        File.AppendAllText(At("t.csv"), "a,1\n");

        Should.Throw<RefusalException>(() => table.Rows().Count()).Message.ShouldContain("changed while it was being read");
    }

    private async Task TrainAsync(string[] rows, params string[] more) => (await ConsoleRun.Of(
        ["train", "--table", Write("train.csv", rows), "--label", "y", "--models", At("m"), "--name", "t", "--learner", "logistic", .. more])).ExitCode.ShouldBe(0);

    private async Task<(double Ece, string Said)> EceAsync(string[] rows)
    {
        ConsoleRun run = await ConsoleRun.Of("evaluate", "--table", Write("later.csv", rows), "--label", "y", "--models", At("m"), "--model", "t", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        return (run.Json.GetProperty("ece").GetDouble(), run.Error);
    }

    /// <summary>One column of three levels, each with its rate.</summary>
    private static string[] Rows(int count, int seed, double part)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                int level = random.Next(Rates.Length);
                return string.Create(CultureInfo.InvariantCulture, $"{"abc"[level]},{(random.NextDouble() < part * Rates[level] ? 1 : 0)}");
            }),
        ];
    }

    private string Write(string name, string[] rows)
    {
        File.WriteAllLines(At(name), ["level,y", .. rows]);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
