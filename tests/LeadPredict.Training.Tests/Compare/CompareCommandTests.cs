using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Compare;

public sealed class CompareCommandTests
{
    [Theory]
    [InlineData("--challenger")]
    [InlineData("--days", "30")]
    [InlineData("--store", "sqlite:history.db")]
    public async Task OptionOfTheLog_WithoutIt_IsRefused(params string[] option)
    {
        ConsoleRun run = await ConsoleRun.Of(["compare", "--models", SharedFiles.Repository("models"), .. option]);

        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain($"{option[0]} would be ignored: ");
        run.Error.ShouldContain("--from-log");
    }

    [Theory]
    [InlineData("-3")]
    [InlineData("0")]
    [InlineData("36501")]
    [InlineData("99999999")]
    public async Task Days_OutOfRange_AreRefused(string days)
    {
        ConsoleRun run = await ConsoleRun.Of("compare", "--from-log", "--days", days);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"--days: expected 1 to 36500, found '{days}'");
    }

    [Fact]
    public async Task Days_WithinTheRange_LeaveOutOlderScores()
    {
        using var store = new LoggedStore();
        await store.AddAsync(
            [LoggedStore.Mql("a", 0), LoggedStore.Mql("b", 50), new LeadBuilder("last", 390)],
            [LoggedStore.Score("a", 1, "champion", 0.3), LoggedStore.Score("b", 51, "champion", 0.3)]);

        (await store.CompareAsync("--json", "--days", "350")).Json.GetProperty("logged").GetInt32().ShouldBe(1);
        (await store.CompareAsync("--json", "--days", "36500")).Json.GetProperty("logged").GetInt32().ShouldBe(2);
    }
}
