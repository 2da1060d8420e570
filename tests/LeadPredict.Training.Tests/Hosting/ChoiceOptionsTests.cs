namespace LeadPredict.Training.Tests.Hosting;

public class ChoiceOptionsTests
{
    [Theory]
    [InlineData("auto, none, sigmoid, beta, isotonic", "train", "--calibration", "platt")]
    [InlineData("auto, none, sigmoid, beta, isotonic", "train", "--calibration", "2")]
    [InlineData("lead, account, attach", "duplicates", "merge", "--kind", "person")]
    [InlineData("sql, close", "export-table", "--question", "mql")]
    public async Task Choice_ThatIsNone_IsRefusedByNameWithTheNames(string names, params string[] command)
    {
        ConsoleRun run = await ConsoleRun.Of(command);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"{command[^2]}: expected one of {names}, found '{command[^1]}'");
        run.Error.ShouldNotContain("LeadPredict.");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    public async Task Choice_InCapitalsOrNot_IsTaken(string name)
    {
        ConsoleRun run = await ConsoleRun.Of("train", "--calibration", name, "--table", "there-is-none.csv", "--label", "y", "--models", "there-is-none");

        run.Error.ShouldContain("there-is-none.csv");
    }
}
