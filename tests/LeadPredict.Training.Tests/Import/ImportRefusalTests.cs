using System.Text;

namespace LeadPredict.Training.Tests.Import;

public sealed class ImportRefusalTests : IDisposable
{
    private const string Recipe = "files:\n  - file: leads.csv\n    lead: { id: id, createdAt: created }\n    attributes: { title: jobTitle }\n";
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,2025-01-01,Boss\n2,2025-01-02,Clerk\n", "leads.csv, line 1: column 2 is '2025-01-01', which is a value, not a name")]
    [InlineData("id,created\n1,2025-01-01\n", "recipe.yaml, line 4, column 26: there is no column 'jobTitle' in leads.csv; its header has: id, created")]
    [InlineData("", "the file is empty")]
    [InlineData("id,created,jobTitle\n1,01/02/2025,\n2,01/03/2025,\n", "none of its 2 records can be taken")]
    public async Task Import_WrongFile_IsRefusedAndNothingWritten(string csv, string message)
    {
        _folder.With("recipe.yaml", Recipe).With("leads.csv", csv);

        ConsoleRun run = await _folder.ImportAsync();

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain(message);
        run.Out.ShouldBeEmpty();
        File.Exists(_folder.StoreFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Import_EncodingThatChangesFarDown_IsRefusedAndNothingWritten()
    {
        _folder.With("recipe.yaml", Recipe).With("leads.csv", "");
        await using (FileStream file = File.OpenWrite(Path.Combine(_folder.Files, "leads.csv")))
        {
            file.Write("id,created,jobTitle\n"u8);
            for (int i = 0; i < 30_000; i++)
            {
                file.Write(Encoding.UTF8.GetBytes($"{i},2025-01-01,Geschäftsführer\n"));
            }

            file.Write([.. "x,2025-01-01,Gesch"u8, 0xE4, .. "ft\n"u8]);
        }

        ConsoleRun run = await _folder.ImportAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("line 30002: byte ");
        run.Error.ShouldContain("is 0xE4, which is not UTF-8");
        File.Exists(_folder.StoreFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Import_WrongRecipe_IsRefusedByPlace()
    {
        _folder.With("recipe.yaml", Recipe.Replace("createdAt", "created", StringComparison.Ordinal)).With("leads.csv", "id,created,jobTitle\n");

        ConsoleRun run = await _folder.ImportAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("recipe.yaml, line 3, column 21: lead has no key 'created'; expected one of id, createdAt");
    }

    [Fact]
    public async Task Import_FileOfTheRecipeIsMissing_IsRefusedByPattern()
    {
        ConsoleRun run = await _folder.With("recipe.yaml", Recipe).ImportAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("fits 'leads.csv'; mark it 'optional: true' if it may be missing");
    }

    [Theory]
    [InlineData("leads.csv")]
    [InlineData("titles.csv")]
    [InlineData("recipe.yaml")]
    [InlineData("../files/leads.csv")]
    [InlineData("../link/leads.csv")]
    [InlineData("../history.db")]
    public async Task Rejects_IntoWhatTheImportReadsOrKeeps_IsRefusedAndNothingIsLost(string rejects)
    {
        const string join = "    join: { file: titles.csv, as: t, key: id, knownAt: creation }\n";
        _folder.With("recipe.yaml", Recipe + join).With("leads.csv", "id,created,jobTitle\n1,2025-01-01,Boss\n").With("titles.csv", "id\n1\n").With("../history.db", "kept");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Files, "../link"), _folder.Files);
        string file = Path.Combine(_folder.Files, rejects);
        string before = await File.ReadAllTextAsync(file);

        ConsoleRun run = await _folder.ImportAsync("--rejects", file, "--dry-run");

        run.ExitCode.ShouldBe(1, run.Out);
        run.Error.ShouldContain($"--rejects '{file}'");
        (await File.ReadAllTextAsync(file)).ShouldBe(before);
    }

    /// <summary>As where a shell opened it, for standard output: <c>>> log.txt</c>.</summary>
    [Fact]
    public async Task Rejects_IntoAFileThatIsOpen_GoOnAtItsEnd()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // open files have no names there
        }

        _folder.With("recipe.yaml", Recipe).With("leads.csv", "id,created,jobTitle\n1,2025-01-01,Boss\n2,never,\n");
        await File.WriteAllTextAsync(_folder.Rejects, "earlier\n");
        using (FileStream open = new(_folder.Rejects, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            (await _folder.ImportAsync("--rejects", $"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}")).ExitCode.ShouldBe(0);
        }

        (await File.ReadAllLinesAsync(_folder.Rejects)).Select(line => line.Split(',')[0]).ShouldBe(["earlier", "file", "leads.csv"]);
    }

    [Fact]
    public async Task Rejects_OfAnEarlierImportInTheFolder_AreLeftOutAndWrittenAnew()
    {
        string rejects = Path.Combine(_folder.Files, "rejects.csv");
        _folder.With("recipe.yaml", Recipe.Replace("leads.csv", "'*.csv'", StringComparison.Ordinal)).With("leads.csv", "id,created,jobTitle\n1,2025-01-01,Boss\n2,never,\n");
        (await _folder.ImportAsync("--rejects", rejects)).ExitCode.ShouldBe(0);

        ConsoleRun again = await _folder.ImportAsync("--rejects", rejects);

        again.ExitCode.ShouldBe(0, again.Error);
        again.Error.ShouldContain("rejects.csv is left out");
        (await File.ReadAllLinesAsync(rejects)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Import_QuoteThatIsNeverClosed_IsRefusedByLineAndNothingWritten()
    {
        string rows = string.Concat(Enumerable.Range(1, 400).Select(id => $"{id},2025-01-01,{(id == 200 ? "\"" : "")}Boss\n"));
        _folder.With("recipe.yaml", Recipe).With("leads.csv", "id,created,jobTitle\n" + rows);

        ConsoleRun run = await _folder.ImportAsync();

        run.ExitCode.ShouldBe(1, run.Out);
        run.Error.ShouldContain("leads.csv, line 201: a quote is opened in this record and never closed");
        File.Exists(_folder.StoreFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Import_NoRecipeAtAll_SaysWhatToDo()
    {
        ConsoleRun run = await _folder.With("export.csv", "a,b\n1,2\n").ImportAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("--recipe");
    }

    [Fact]
    public async Task Import_PathThatIsNotThere_IsRefusedByName()
    {
        ConsoleRun run = await ConsoleRun.Of("import", "/nowhere/crm", "--store", _folder.Store);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("there is no file or folder '/nowhere/crm'");
    }
}
