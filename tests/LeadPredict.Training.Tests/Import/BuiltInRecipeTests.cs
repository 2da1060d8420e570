using System.Diagnostics;
using System.Text;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Tests.Import;

/// <summary>LeadPredict's own files, which need no recipe.</summary>
public sealed class BuiltInRecipeTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Format_OnTheCommandLine_StandsInPlaceOfTheRecipes()
    {
        _folder.With("leads.csv", "");
        await File.WriteAllBytesAsync(
            Path.Combine(_folder.Files, "leads.csv"), Encoding.Latin1.GetBytes("id,accountId,source,createdAt,recordedAt\nL1,,caf\u00E9,2026-07-03T00:00:00,2026-07-03T00:00:00\n"));

        ConsoleRun run = await _folder.ImportAsync("--encoding", "windows-1252", "--zone", "Europe/Berlin");

        run.ExitCode.ShouldBe(0, run.Error);
        LeadHistory lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem();
        lead.Lead.Source.ShouldBe("caf\u00E9");
        lead.Lead.CreatedAt.ShouldBe(new(2026, 7, 2, 22, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("--encoding", "klingon", "--encoding: 'encoding' is 'klingon'; expected one of auto, utf-8")]
    [InlineData("--zone", "Mars/Olympus", "--zone: 'Mars/Olympus' is no time zone known here")]
    [InlineData("--decimal", ";", "--decimal: 'decimal' is ';'; expected one of ., ,")]
    public async Task Format_ThatIsWrongOnTheCommandLine_IsRefusedByTheOption(string option, string value, string expected)
    {
        _folder.With("leads.csv", "id,accountId,source,createdAt,recordedAt\n");

        ConsoleRun run = await _folder.ImportAsync(option, value);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith(expected);
    }

    [Fact]
    public async Task DryRun_WithoutATemporaryFolder_SaysWhichOneAndHowToNameAnother()
    {
        _folder.With("leads.csv", "id,accountId,source,createdAt,recordedAt\nL1,,web,2026-07-03T00:00:00Z,2026-07-03T00:00:00Z\n");
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "import", _folder.Files, "--store", _folder.Store, "--dry-run"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = "/nonexistent";
        start.Environment["TMP"] = "/nonexistent";
        using Process run = Process.Start(start)!;
        string told = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();

        run.ExitCode.ShouldBe(1);
        told.ShouldContain("/nonexistent");
        told.ShouldContain("name another in TMPDIR");
    }
}
