using System.Diagnostics;
using LeadPredict.Testing;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Tests.Score;

/// <summary>Where <c>score --in FILE --out PLACE</c> writes, and what becomes of what stood there.</summary>
public sealed class ScoredOutputTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-output-");

    private string Input => At("in.csv");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Input, "visits,low\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},{i}\n")));
        await File.WriteAllTextAsync(At("train.csv"), "visits,won\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 7},{(i * i % 11 < i % 7 ? 1 : 0)}\n")));
        await File.WriteAllTextAsync(At("plain.csv"), "visits\n1\n2\n");
        ConsoleRun trained = await ConsoleRun.Of("train", "--table", At("train.csv"), "--label", "won", "--models", At("m"), "--name", "t", "--learner", "logistic");
        trained.ExitCode.ShouldBe(0, trained.Error);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What comes through a pipe has no name that tells its form: the model does.</summary>
    [LinuxFact]
    public async Task Score_BetweenPipes_TakesWhatTheModelIsOf()
    {
        (await PipedAsync("t", At("m"), "visits,won\n3,x\n")).ShouldStartWith("visits,won,probability,low,high\n3,x,0.");
        (await PipedAsync("leads", SharedFiles.Repository("models"), """{"lead":{"id":"b1","createdAt":"2025-05-01T08:00:00Z"}}""" + "\n")).ShouldStartWith("{\"leadId\":\"b1\",");
    }

    [Fact]
    public async Task Score_OntoALink_WritesWhatItNames()
    {
        Directory.CreateDirectory(At("real"));
        await File.WriteAllTextAsync(At("real/scores.csv"), "old\n");
        File.CreateSymbolicLink(At("link.csv"), "real/scores.csv");

        (await ScoreAsync("link.csv")).ExitCode.ShouldBe(0);

        new FileInfo(At("link.csv")).LinkTarget.ShouldBe("real/scores.csv");
        (await File.ReadAllLinesAsync(At("real/scores.csv"))).Length.ShouldBe(3);
        Directory.GetFileSystemEntries(At("real")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Score_OntoALinkToNothingOrInACircle_MakesTheFileOrIsRefused()
    {
        File.CreateSymbolicLink(At("link.csv"), "new.csv");
        (await ScoreAsync("link.csv")).ExitCode.ShouldBe(0);
        (await File.ReadAllLinesAsync(At("new.csv"))).Length.ShouldBe(3);

        File.CreateSymbolicLink(At("a"), "b");
        File.CreateSymbolicLink(At("b"), "a");
        ConsoleRun circle = await ScoreAsync("a");
        (circle.ExitCode, circle.Error.Contains("lead in a circle", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Fact]
    public async Task Score_OntoAFile_KeepsItsMode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllTextAsync(At("scores.csv"), "old\n");
        File.SetUnixFileMode(At("scores.csv"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (await ScoreAsync("scores.csv")).ExitCode.ShouldBe(0);

        File.GetUnixFileMode(At("scores.csv")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllLinesAsync(At("scores.csv"))).Length.ShouldBe(3);
    }

    [LinuxFact]
    public async Task Score_OntoAPipe_WritesIntoIt()
    {
        await MakeAsync("mkfifo", At("pipe"));
        Task<string[]> reader = Task.Run(() => File.ReadAllLines(At("pipe")));

        ConsoleRun run = await ScoreAsync("pipe");

        run.ExitCode.ShouldBe(0, run.Error);
        (run.Out, run.Error.Contains("scored 2 rows", StringComparison.Ordinal)).ShouldBe(("", true));
        (await reader)[0].ShouldBe("visits,probability,low,high");
        SpecialFile.Is(At("pipe")).ShouldBeTrue();
        ConsoleRun resumed = await ScoreAsync("pipe", "--resume");
        (resumed.ExitCode, resumed.Error.Contains("--resume goes on with a file", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [LinuxFact]
    public async Task Score_OntoAPipeWhoseReaderLeaves_SaysSo()
    {
        await MakeAsync("mkfifo", At("pipe"));
        await File.WriteAllTextAsync(At("plain.csv"), "visits\n" + string.Concat(Enumerable.Repeat("1\n", 100_000)));
        Task<string?> reader = Task.Run(() => File.ReadLines(At("pipe")).FirstOrDefault());

        ConsoleRun run = await ScoreAsync("pipe");

        (await reader).ShouldBe("visits,probability,low,high");
        (run.ExitCode, run.Error.Trim().Split('\n')[^1]).ShouldBe((1, "What reads the output ended before all of it was written."));
    }

    [LinuxFact]
    public async Task TrainAndEvaluate_OnAPipe_AreRefused()
    {
        await MakeAsync("mkfifo", At("pipe"));
        foreach (string[] command in new string[][] { ["train", "--name", "t"], ["evaluate", "--model", "t"] })
        {
            ConsoleRun run = await ConsoleRun.Of([.. command, "--table", At("pipe"), "--label", "won", "--models", At("m")]);
            run.ExitCode.ShouldBe(1, run.Error);
            run.Error.ShouldContain("is a pipe or a device, and a table is read more than once: save it to a file first");
        }
    }

    [Fact]
    public async Task Score_OntoItsInputByALink_IsRefused()
    {
        Directory.CreateDirectory(At("real"));
        File.CreateSymbolicLink(At("folder"), "real");
        File.Copy(At("plain.csv"), At("real/in.csv"));
        File.CreateSymbolicLink(At("in-link.csv"), "real/in.csv");
        foreach ((string input, string output) in new[] { ("real/in.csv", "folder/in.csv"), ("folder/in.csv", "real/in.csv"), ("in-link.csv", "real/in.csv"), ("real/in.csv", "in-link.csv") })
        {
            ConsoleRun run = await ConsoleRun.Of("score", "--models", At("m"), "--model", "t", "--in", At(input), "--out", At(output));
            (run.ExitCode, run.Error.Contains("is read or kept by this command", StringComparison.Ordinal)).ShouldBe((1, true), $"{input} to {output}: {run.Error}");
        }

        (await File.ReadAllTextAsync(At("real/in.csv"))).ShouldBe("visits\n1\n2\n");
    }

    [Fact]
    public async Task ScoreAndEvaluate_CellsThatAreNoNumbers_TellHowManyAndOfWhatForm()
    {
        const string Told = "column 'visits': 2 of 4 cells, such as one like '9,999.99', are not numbers";
        await File.WriteAllTextAsync(At("plain.csv"), "visits\n1\n\"1,234.50\"\nabc\nn/a\n");
        (await ScoreAsync("scores.csv")).Error.ShouldContain(Told);

        foreach (string blank in new[] { "", "\n" })
        {
            // A blank line is read in another way.
            await File.WriteAllTextAsync(At("labelled.csv"), $"visits,won\n1,0\n\"1,234.50\",1\n{blank}abc,0\nn/a,1\n");
            ConsoleRun evaluated = await ConsoleRun.Of("evaluate", "--models", At("m"), "--model", "t", "--table", At("labelled.csv"), "--label", "won", "--json");
            evaluated.Error.ShouldContain(Told);
            evaluated.Out.ShouldContain("not numbers");
        }
    }

    [Theory]
    [InlineData("sep=,\n")]
    [InlineData("\uFEFFSEP=,\r\n")]
    public async Task Train_TableThatNamesItsDelimiter_DoesNotTakeTheHeaderForARow(string first)
    {
        await File.WriteAllTextAsync(At("sep.csv"), first + await File.ReadAllTextAsync(At("train.csv")));

        ConsoleRun run = await ConsoleRun.Of("train", "--table", At("sep.csv"), "--label", "won", "--models", At("m2"), "--name", "t", "--learner", "logistic");

        (run.ExitCode, run.Out.Contains("(200 rows", StringComparison.Ordinal)).ShouldBe((0, true), run.Out + run.Error);
    }

    [Fact]
    public async Task Score_TableWithColumnsOfTheAddedNames_IsRefusedByName()
    {
        ConsoleRun run = await ConsoleRun.Of("score", "--models", At("m"), "--model", "t", "--in", Input, "--out", At("out.csv"));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("has 'low', and scoring adds columns of this name: rename or remove");
        File.Exists(At("out.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task Score_AsJson_TellsItsWarnings()
    {
        (await ScoreAsync("out.csv", "--json")).Json.GetProperty("warnings").GetArrayLength().ShouldBe(0);

        await File.WriteAllTextAsync(At("plain.csv"), "visits\n1\nmany\n");
        ConsoleRun run = await ScoreAsync("out.csv", "--json");

        string warning = run.Json.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString()!;
        warning.ShouldStartWith("column 'visits': 1 of 2 cells");
        run.Error.ShouldContain("warning: " + warning);
    }

    [LinuxFact]
    public async Task Score_OfAClosedStandardInput_IsRefused()
    {
        using Process run = Process.Start(new ProcessStartInfo("sh", ["-c", "exec dotnet \"$0\" score --models \"$1\" --model t --in - --out - <&-", typeof(Program).Assembly.Location, At("m")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string told = await run.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await run.WaitForExitAsync();

        told.ShouldContain("standard input is closed");
        run.ExitCode.ShouldBe(1);
    }

    private static async Task<string> PipedAsync(string model, string models, string input)
    {
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "score", "--models", models, "--model", model, "--in", "-", "--out", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> told = run.StandardError.ReadToEndAsync();
        await run.StandardInput.WriteAsync(input);
        run.StandardInput.Close();
        string output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        run.ExitCode.ShouldBe(0, await told);
        return output;
    }

    private Task<ConsoleRun> ScoreAsync(string output, params string[] more) =>
        ConsoleRun.Of(["score", "--models", At("m"), "--model", "t", "--in", At("plain.csv"), "--out", At(output), .. more]);

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private static async Task MakeAsync(string program, params string[] arguments)
    {
        using Process made = Process.Start(program, arguments);
        await made.WaitForExitAsync();
        made.ExitCode.ShouldBe(0);
    }
}
