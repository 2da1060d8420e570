using System.Globalization;
using System.Text;

namespace LeadPredict.Training.Tests.Train;

/// <summary>Tables of which a person should hear something before the model is used.</summary>
public sealed class DoubtfulTables : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-doubt-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Neither count knows the answer alone.</summary>
    [Fact]
    public async Task Train_OfTwoColumnsThatKnowTheAnswerTogether_WarnsOfTheFigure()
    {
        ConsoleRun run = await TrainAsync("total,at_close", (won, random) =>
        {
            int total = random.Next(5, 45);
            return $"{total},{total + (won ? 5 : 0)}";
        });
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("is more than leads are foreseen by: look for columns that know the answer together");
    }

    [Fact]
    public async Task Train_OfAColumnCalledAsAScore_WarnsOfIt()
    {
        ConsoleRun run = await TrainAsync("Probability,visits", (won, random) => $"{random.Next(100)},{random.Next(4) + (won && random.Next(3) == 0 ? 1 : 0)}");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("column 'Probability': 'score --in' adds a column of this name");
        run.Error.ShouldNotContain("is more than leads are foreseen by");
    }

    private async Task<ConsoleRun> TrainAsync(string columns, Func<bool, Random, string> cells)
    {
        var random = new Random(5);
        var text = new StringBuilder(columns + ",won\n");
        for (int i = 0; i < 1500; i++)
        {
            bool won = random.Next(3) == 0;
            text.Append(CultureInfo.InvariantCulture, $"{cells(won, random)},{(won ? 1 : 0)}\n");
        }

        string table = Path.Combine(_folder.FullName, "t.csv");
        await File.WriteAllTextAsync(table, text.ToString());
        return await ConsoleRun.Of("train", "--table", table, "--label", "won", "--models", Path.Combine(_folder.FullName, "m"), "--name", "t");
    }
}
