namespace LeadPredict.Training.Tests.Hosting;

public sealed class ArgumentsTests
{
    [Theory]
    [InlineData("train --modle x", "'--modle'", "Run 'leadpredict train --help' to see what it takes.")]
    [InlineData("keys create --name crm", "'--scopes' is required", "Run 'leadpredict keys create --help' to see what it takes.")]
    [InlineData("trian", "'trian'", "Run 'leadpredict --help' to see what it takes.")]
    public async Task Arguments_ThatNoCommandTakes_AreToldWithTheHelpOfTheirCommand(string arguments, string fault, string help)
    {
        ConsoleRun run = await ConsoleRun.Of(arguments.Split(' '));
        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain(fault);
        run.Error.TrimEnd().ShouldEndWith(help);
    }
}
