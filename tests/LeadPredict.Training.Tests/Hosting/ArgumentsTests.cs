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

    [Theory]
    [InlineData("models --models", "--models")]
    [InlineData("train --models", "--models")]
    [InlineData("promote --model leads --models", "--models")]
    [InlineData("rollback --model leads --models", "--models")]
    [InlineData("compare --models", "--models")]
    [InlineData("drift --models", "--models")]
    [InlineData("serve --models", "--models")]
    [InlineData("serve --score-spool", "--score-spool")]
    [InlineData("score --model leads --out", "--out")]
    [InlineData("report --out", "--out")]
    [InlineData("export-table --out", "--out")]
    [InlineData("import . --rejects", "--rejects")]
    [InlineData("import", "path")]
    [InlineData("scorecard check", "FILE")]
    public async Task Path_ThatIsEmpty_IsRefusedByItsName(string arguments, string name)
    {
        ConsoleRun run = await ConsoleRun.Of([.. arguments.Split(' '), ""]);
        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldStartWith($"{name}: expected a file or folder, found ''");
    }
}
