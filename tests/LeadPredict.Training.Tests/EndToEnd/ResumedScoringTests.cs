using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>A long CSV scored in one go, and scored by processes that are killed and go on.</summary>
public sealed class ResumedScoringTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-resume-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Scoring_KilledAndResumed_WritesTheSameBytes()
    {
        Rows("train.csv", 2_000);
        Rows("long.csv", 400_000);
        (await ConsoleRun.Of("train", "--table", At("train.csv"), "--label", "label", "--models", At("models"), "--name", "t", "--trees", "5", "--learner", "trees")).ExitCode.ShouldBe(0);
        File.CreateSymbolicLink(At("latest.csv"), "long.csv");
        string[] score = ["score", "--models", At("models"), "--model", "t", "--in", At("latest.csv")];
        (await ConsoleRun.Of([.. score, "--out", At("whole.csv")])).ExitCode.ShouldBe(0);

        string checkpoint = At("parts.csv.part.json");
        using (Process killed = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. score, "--out", At("parts.csv")]) { RedirectStandardError = true, RedirectStandardOutput = true })!)
        {
            while (!File.Exists(checkpoint) && !killed.HasExited)
            {
                await Task.Delay(5);
            }

            killed.HasExited.ShouldBeFalse("it was to be killed in the middle");
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        File.Exists(At("parts.csv")).ShouldBeFalse();
        await RefusedAsync("another input", "score", "--models", At("models"), "--model", "t", "--in", At("train.csv"), "--out", At("parts.csv"), "--resume");
        DateTime written = File.GetLastWriteTimeUtc(At("long.csv"));
        File.SetLastWriteTimeUtc(At("long.csv"), written.AddHours(1));
        await RefusedAsync("another input", [.. score, "--out", At("parts.csv"), "--resume"]);
        File.SetLastWriteTimeUtc(At("long.csv"), written);
        string kept = await File.ReadAllTextAsync(checkpoint);
        foreach (string damaged in new[] { "{", "null" })
        {
            await File.WriteAllTextAsync(checkpoint, damaged);
            await RefusedAsync("is damaged", [.. score, "--out", At("parts.csv"), "--resume"]);
        }

        await File.WriteAllTextAsync(checkpoint, kept);

        ConsoleRun resumed = await ConsoleRun.Of([.. score, "--out", At("parts.csv"), "--resume"]);
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldContain("going on after");
        resumed.Error.ShouldContain("other warnings are of the rows after them alone");
        byte[] parts = await File.ReadAllBytesAsync(At("parts.csv"));
        byte[] whole = await File.ReadAllBytesAsync(At("whole.csv"));
        parts.SequenceEqual(whole).ShouldBeTrue();
        File.Exists(checkpoint).ShouldBeFalse();
    }

    private static async Task RefusedAsync(string why, params string[] command)
    {
        ConsoleRun run = await ConsoleRun.Of(command);
        (run.ExitCode, run.Error.Contains(why, StringComparison.Ordinal)).ShouldBe((1, true), run.Error);
    }

    private string At(string file) => Path.Combine(_folder.FullName, file);

    private void Rows(string file, int count)
    {
        var random = new Random(3);
        var text = new StringBuilder("a,b,note,label\n");
        for (int i = 0; i < count; i++)
        {
            double a = random.NextDouble(), b = random.NextDouble();
            text.Append(CultureInfo.InvariantCulture, $"{a:F4},{b:F4},\"line\nbreak, {i % 3}\",{(random.NextDouble() < a * b ? 1 : 0)}\n");
        }

        File.WriteAllText(At(file), text.ToString());
    }
}
