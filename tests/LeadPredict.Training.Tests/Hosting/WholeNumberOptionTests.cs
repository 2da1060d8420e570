namespace LeadPredict.Training.Tests.Hosting;

public class WholeNumberOptionTests
{
    [Theory]
    [InlineData("--score-spool-mb", "x")]
    [InlineData("--score-spool-mb", "-1")]
    [InlineData("--rate-limit", "1000001")]
    [InlineData("--rescore-hours", "2.5")]
    [InlineData("--drain-seconds", "99999999999")]
    public async Task Serve_NumberThatIsNone_IsRefusedByName(string option, string value)
    {
        ConsoleRun run = await ConsoleRun.Of("serve", option, value);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"{option}: expected 0 to ");
        run.Error.ShouldContain($"found '{value}'");
    }
}
