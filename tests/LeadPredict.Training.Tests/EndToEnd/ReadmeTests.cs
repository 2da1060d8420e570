using System.Globalization;
using System.Text;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>The README's own recipe and commands, on leads made for its columns.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-readme-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task BringYourOwnData_StepByStep_GivesAComparedChampion()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(QuickstartRun.Root, "README.md"));
        await File.WriteAllTextAsync(At("recipe.yaml"), Between(readme, "```yaml\n", "```"));
        Directory.CreateDirectory(At("exports"));
        await File.WriteAllTextAsync(At("exports/leads.csv"), Leads(1500));
        string[] commands =
        [
            .. Between(readme, "```console\ndotnet run -c Release --project training -- import", "```")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.StartsWith(' ') ? "import" + line : line.Replace("dotnet run -c Release --project training -- ", "", StringComparison.Ordinal)),
        ];
        commands.Select(command => command.Split(' ')[0]).ShouldBe(["import", "import", "train", "compare", "serve"]);

        foreach (string command in commands.SkipLast(1))
        {
            string[] words = command.Replace("exports/", At("exports"), StringComparison.Ordinal)
                .Replace("recipe.yaml", At("recipe.yaml"), StringComparison.Ordinal)
                .Replace("rejects.csv", At("rejects.csv"), StringComparison.Ordinal).Split(' ');
            string[] places = words[0] switch
            {
                "import" => ["--store", Store],
                "train" => ["--store", Store, "--models", At("models")],
                _ => ["--models", At("models")],
            };
            ConsoleRun run = await ConsoleRun.Of([.. words, .. places]);
            run.ExitCode.ShouldBe(0, command + "\n" + run.Error);
        }
    }

    private string Store => "sqlite:" + At("history.db");

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        from.ShouldBeGreaterThan(start.Length - 1, start);
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Leads(int count)
    {
        var random = new Random(4);
        var text = new StringBuilder("Id,Created,Source,Industry,Title,MQL Date,SQL Date,Won Date\n");
        DateTime start = new(2023, 1, 1, 8, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < count; i++)
        {
            DateTime created = start.AddHours(i * 12);
            DateTime mql = created.AddDays(2);
            bool partner = random.Next(3) == 0;
            bool qualified = random.NextDouble() < (partner ? 0.6 : 0.25);
            bool won = qualified && random.NextDouble() < 0.4;
            string Day(bool known, int days) => known ? mql.AddDays(days + random.Next(10)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";
            text.Append(CultureInfo.InvariantCulture, $"L{i},{created:yyyy-MM-dd HH:mm},{(partner ? "partner" : "web")},{(i % 2 == 0 ? "software" : "retail")},");
            text.Append(CultureInfo.InvariantCulture, $"{(i % 5 == 0 ? "VP Sales" : "Analyst")},{mql:yyyy-MM-dd HH:mm},{Day(qualified, 10)},{Day(won, 40)}\n");
        }

        return text.ToString();
    }
}
