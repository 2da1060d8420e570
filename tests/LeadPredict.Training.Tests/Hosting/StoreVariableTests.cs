using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Hosting;

/// <summary>Sets a variable of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition("environment", DisableParallelization = true)]
public sealed class EnvironmentCollection;

[Collection("environment")]
public sealed class StoreVariableTests
{
    [Fact]
    public async Task Help_PasswordInTheVariable_IsNotPrinted()
    {
        using var set = new StoreVariable("Host=127.0.0.1;Port=1;Database=leads;Username=me;Password=h1dden");
        ConsoleRun help = await ConsoleRun.Of("train", "--help");
        ConsoleRun refused = await ConsoleRun.Of("train", "--models", Path.Combine(Path.GetTempPath(), "leadpredict-no-models"));

        (help.Out + help.Error).ShouldContain("[default: $LEADPREDICT_STORE]");
        refused.Error.ShouldContain("PostgreSQL at 127.0.0.1:1/leads");
        (help.Out + help.Error + refused.Out + refused.Error).ShouldNotContain("h1dden");
    }

    [Theory]
    [InlineData("sqlite::memory:")]
    [InlineData("sqlite:no/such/folder/leads.db")]
    [InlineData("Host=127.0.0.1;Port=1;Database=leads")]
    public async Task Score_OfAFileWithAStoreThatCannotBeOpenedInTheVariable_IsDone(string store)
    {
        using var set = new StoreVariable(store);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-variable-");
        try
        {
            (string input, string output) = (Path.Combine(folder.FullName, "in.ndjson"), Path.Combine(folder.FullName, "out.ndjson"));
            await File.WriteAllTextAsync(input, """{"lead":{"id":"b1","createdAt":"2025-05-01"}}""");
            string[] score = ["score", "--models", SharedFiles.Repository("models"), "--model", "leads", "--out", output];

            ConsoleRun run = await ConsoleRun.Of([.. score, "--in", input]);
            ConsoleRun ofTheStore = await ConsoleRun.Of(score);

            (run.ExitCode, (await File.ReadAllLinesAsync(output)).Length).ShouldBe((0, 1), run.Error);
            ofTheStore.ExitCode.ShouldBe(1, ofTheStore.Out);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Score_OfAFileOntoTheStoreInTheVariable_IsRefused()
    {
        string file = Path.Combine(Path.GetTempPath(), "leadpredict-kept.ndjson");
        using var set = new StoreVariable("sqlite:" + file);

        ConsoleRun run = await ConsoleRun.Of("score", "--models", SharedFiles.Repository("models"), "--model", "leads", "--in", "in.ndjson", "--out", file);

        (run.ExitCode, run.Error.Contains("is read or kept by this command", StringComparison.Ordinal)).ShouldBe((1, true), run.Error);
    }

    /// <summary>The variable while a test runs.</summary>
    private sealed class StoreVariable : IDisposable
    {
        private const string Name = "LEADPREDICT_STORE";
        private readonly string? _before = Environment.GetEnvironmentVariable(Name);

        public StoreVariable(string value) => Environment.SetEnvironmentVariable(Name, value);

        public void Dispose() => Environment.SetEnvironmentVariable(Name, _before);
    }
}
