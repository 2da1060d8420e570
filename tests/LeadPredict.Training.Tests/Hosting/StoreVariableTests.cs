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
        string? before = Environment.GetEnvironmentVariable("LEADPREDICT_STORE");
        try
        {
            Environment.SetEnvironmentVariable("LEADPREDICT_STORE", "Host=127.0.0.1;Port=1;Database=leads;Username=me;Password=h1dden");
            ConsoleRun help = await ConsoleRun.Of("train", "--help");
            ConsoleRun refused = await ConsoleRun.Of("train", "--models", Path.Combine(Path.GetTempPath(), "leadpredict-no-models"));

            (help.Out + help.Error).ShouldContain("[default: $LEADPREDICT_STORE]");
            refused.Error.ShouldContain("PostgreSQL at 127.0.0.1:1/leads");
            (help.Out + help.Error + refused.Out + refused.Error).ShouldNotContain("h1dden");
        }
        finally
        {
            Environment.SetEnvironmentVariable("LEADPREDICT_STORE", before);
        }
    }
}
