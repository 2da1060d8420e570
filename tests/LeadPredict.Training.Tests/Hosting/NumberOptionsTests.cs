using System.CommandLine;
using System.Globalization;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Tests.Hosting;

public class NumberOptionsTests
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

    [Theory]
    [InlineData("--sql-horizon", "0")]
    [InlineData("--sql-horizon", "1500")]
    [InlineData("--close-horizon", "-5")]
    public async Task Horizon_OutOfRange_IsRefusedByName(string option, string value)
    {
        ConsoleRun run = await ConsoleRun.Of("train", option, value);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"{option}: expected 1 to 1000, found '{value}'");
    }

    [Theory]
    [InlineData("12000,50", "decide", "won", "--lead", "a", "--amount")]
    [InlineData("1,200", "decide", "won", "--lead", "a", "--amount")]
    [InlineData("0,99", "train", "--learning-rate")]
    [InlineData("NaN", "train", "--learning-rate")]
    [InlineData("1,000", "train", "--trees")]
    [InlineData("2.0", "train", "--leaves")]
    [InlineData("1,5", "keys", "rotate", "1", "--overlap-days")]
    [InlineData("1,000", "simulate", "--out", "x", "--leads")]
    public async Task Number_WithMarksThatMayMeanAnotherNumber_IsRefusedByName(string value, params string[] command)
    {
        ConsoleRun run = await ConsoleRun.Of([.. command, value]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"{command[^1]}: expected ");
        run.Error.ShouldContain($"found '{value}'");
    }

    [Theory]
    [InlineData("12000.50")]
    [InlineData("-0.5")]
    public void Amount_WithAPoint_IsReadWithAllItsDigits(string value)
    {
        var amount = new Option<decimal?>("--amount");
        var command = new RootCommand { amount };
        command.ReadNumbersAsWritten();

        command.Parse(["--amount", value]).GetValue(amount).ShouldBe(decimal.Parse(value, CultureInfo.InvariantCulture));
        command.Parse([]).GetValue(amount).ShouldBeNull();
    }
}
