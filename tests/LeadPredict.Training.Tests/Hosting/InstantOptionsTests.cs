using System.Globalization;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Tests.Hosting;

public class InstantOptionsTests
{
    [Theory]
    [InlineData("2026-08-09", "2026-08-09T00:00:00Z")]
    [InlineData("2026-08-09T08:00:00+02:00", "2026-08-09T06:00:00Z")]
    [InlineData("2026-08-09 08:00", "2026-08-09T08:00:00Z")]
    public void Read_Iso_IsTheInstant(string text, string expected) =>
        InstantOptions.Read("--from", text).ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("09.08.2026")]
    [InlineData("08/09/2026")]
    [InlineData("9 August 2026")]
    [InlineData("2026-08")]
    [InlineData("1969-12-31")]
    public void Read_AnythingElse_IsRefusedByName(string text) =>
        Should.Throw<RefusalException>(() => InstantOptions.Read("--from", text)).Message.ShouldContain($"--from '{text}': expected a day or an instant");

    [Fact]
    public void ReadPast_AnInstantAhead_IsRefusedByName()
    {
        DateTimeOffset now = InstantOptions.Read("--as-of", "2025-06-01");
        InstantOptions.ReadPast("--as-of", null, now).ShouldBe(now);
        InstantOptions.ReadPast("--as-of", "2025-06-01", now).ShouldBe(now);
        Should.Throw<RefusalException>(() => InstantOptions.ReadPast("--as-of", "2025-06-02", now)).Message.ShouldContain("--as-of '2025-06-02' lies ahead; expected now, 2025-06-01T00:00:00Z, or earlier.");
    }

    [Theory]
    [InlineData("explain", "--lead", "a", "--from", "09.08.2026")]
    [InlineData("explain", "--lead", "a", "--from", "2026-08-09", "--to", "08/09/2026")]
    [InlineData("scorecard", "explain", "--lead", "a", "--as-of", "09.08.2026")]
    public async Task Command_WithADayOrMonthFirst_IsRefusedByName(params string[] command)
    {
        ConsoleRun run = await ConsoleRun.Of(command);

        run.ExitCode.ShouldBe(1, run.Out);
        run.Error.ShouldContain($"{command[^2]} '{command[^1]}': expected a day or an instant");
    }
}
