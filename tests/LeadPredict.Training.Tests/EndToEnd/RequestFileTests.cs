using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary><c>score --in FILE.ndjson</c> with the committed champion.</summary>
public sealed class RequestFileTests : IDisposable
{
    private const string Good = """{"asOf":"2025-06-01","lead":{"id":"b1","createdAt":"2025-05-01","source":"web"},"transitions":[{"to":"MarketingQualified","occurredAt":"2025-05-21"}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-requests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Lines_WithAndWithoutABreakAtTheEnd_AreScoredInOrder(string end)
    {
        ConsoleRun run = await ScoreAsync("\uFEFF" + Good + end + end + "  " + end + Good.Replace("b1", "b2", StringComparison.Ordinal));

        run.ExitCode.ShouldBe(0, run.Error);
        string[] answers = await File.ReadAllLinesAsync(At("out.ndjson"));
        answers.Select(answer => JsonDocument.Parse(answer).RootElement.GetProperty("leadId").GetString()).ShouldBe(["b1", "b2"]);
    }

    [Theory]
    [InlineData("""{"leadId":"L1"}""", "/leadId: found a lead of the store")]
    [InlineData("""{"asOf":"2025-04-01","lead":{"id":"b1","createdAt":"2025-05-01"}}""", "expected an asOf after that")]
    [InlineData("""{"lead":{"id":"b1"}}""", "/lead")]
    [InlineData("""{"lead":{"id":"b1","createdAt":"2025-05-01","source":"müll"}}""", "bytes that are no UTF-8")]
    public async Task Line_ThatCannotBeScored_IsRefusedWithFileAndLine(string line, string because)
    {
        ConsoleRun run = await ScoreAsync(Good + "\n\n" + line + "\n", Encoding.Latin1);

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain($"{At("in.ndjson")}, line 3: ");
        run.Error.ShouldContain(because);
        File.Exists(At("out.ndjson")).ShouldBeFalse();
    }

    [Fact]
    public async Task Line_ThatCannotBeScored_SaysThatNothingWasWrittenWhereThatIsSo()
    {
        const string Nothing = "Nothing was written.";
        (await ScoreAsync(Good + "\n{}\n")).Error.ShouldContain(Nothing);
        if (OperatingSystem.IsLinux())
        {
            ConsoleRun run = await ConsoleRun.Of("score", "--models", Models, "--model", "leads", "--in", At("in.ndjson"), "--out", "/dev/null");
            run.ExitCode.ShouldBe(1);
            run.Error.ShouldContain("in.ndjson, line 2: ");
            run.Error.ShouldNotContain(Nothing);
        }
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    public async Task Json_WhereTheScoresGo_IsRefused(string output)
    {
        ConsoleRun run = await ConsoleRun.Of("score", "--models", Models, "--model", "leads", "--in", At("in.ndjson"), "--out", output, "--json");

        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain("--json prints one JSON object on standard output, where --out goes too");
    }

    [Theory]
    [InlineData("link", "taken.txt", 1)]
    [InlineData("taken.txt", "taken.txt", 1)]
    [InlineData("/dev/null", "/dev/null", 0)]
    public async Task Json_WhereTheScoresGoByAnotherName_IsRefused(string output, string standardOutput, int expected)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await File.WriteAllTextAsync(At("in.ndjson"), Good);
        File.CreateSymbolicLink(At("link"), "/proc/self/fd/1");
        string[] words = ["score", "--models", Models, "--model", "leads", "--in", At("in.ndjson"), "--out", At(output), "--json"];
        using Process run = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec dotnet \"$@\" > '{At(standardOutput)}'", "sh", typeof(Program).Assembly.Location, .. words])
        {
            RedirectStandardError = true,
        })!;
        string told = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();

        run.ExitCode.ShouldBe(expected, told);
        told.Contains("--json prints one JSON object on standard output, where --out goes too", StringComparison.Ordinal).ShouldBe(expected == 1, told);
        new FileInfo(At(standardOutput)).Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("in.ndjson", "out.csv", ".ndjson")]
    [InlineData("in.csv", "out.ndjson", ".csv")]
    public async Task Output_OfAnotherFormThanTheInput_IsRefused(string input, string output, string expected)
    {
        await File.WriteAllTextAsync(At(input), Good);
        ConsoleRun run = await ConsoleRun.Of("score", "--models", Models, "--model", "leads", "--in", At(input), "--out", At(output));

        (run.ExitCode, File.Exists(At(output))).ShouldBe((1, false));
        run.Error.ShouldContain($"--out {At(output)}: expected {expected}");
    }

    private static string Models => Path.Combine(QuickstartRun.Root, "models");

    private string At(string file) => Path.Combine(_folder.FullName, file);

    private async Task<ConsoleRun> ScoreAsync(string lines, Encoding? encoding = null)
    {
        await File.WriteAllBytesAsync(At("in.ndjson"), (encoding ?? Encoding.UTF8).GetBytes(lines));
        return await ConsoleRun.Of("score", "--models", Models, "--model", "leads", "--in", At("in.ndjson"), "--out", At("out.ndjson"));
    }
}
