using System.Text.Json;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.HandOff;

public sealed class HandOffCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("decide").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Decide_AndFunnel_TellOfTheSameDecision()
    {
        string store = $"sqlite:{_folder}/h.db";
        double today = (TimeProvider.System.GetUtcNow() - Day.Zero).TotalDays;
        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: true))
        {
            await history.AppendAsync(HistoryBatch.Of(new LeadBuilder("a", today - 3).From("webinar").Enters(Stage.MarketingQualified, today - 2).BuildAlone()));
        }

        ConsoleRun refused = await ConsoleRun.Of("decide", "accept", "--lead", "a", "--store", store);
        ConsoleRun accepted = await ConsoleRun.Of("decide", "accept", "--lead", "a", "--reason", "fits_profile", "--store", store, "--json");
        ConsoleRun funnel = await ConsoleRun.Of("funnel", "--store", store, "--models", _folder, "--json");
        ConsoleRun tables = await ConsoleRun.Of("funnel", "--store", store, "--models", _folder);

        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("fits_profile");
        accepted.ExitCode.ShouldBe(0, accepted.Error);
        JsonDocument.Parse(accepted.Out).RootElement.GetProperty("to").GetString().ShouldBe("SalesAccepted");
        JsonElement report = JsonDocument.Parse(funnel.Out).RootElement;
        report.GetProperty("leads").GetInt32().ShouldBe(1);
        report.GetProperty("reasons")[0].GetProperty("reason").GetString().ShouldBe("fits_profile");
        tables.Out.ShouldContain("Right company, right role");
    }

    [Fact]
    public async Task Definitions_ShippedFile_CanBeAdoptedWithItsVersionChanged()
    {
        string store = $"sqlite:{_folder}/h.db";
        ConsoleRun shipped = await ConsoleRun.Of("definitions", "--yaml");
        string file = Path.Combine(_folder, "team.yaml");
        await File.WriteAllTextAsync(file, shipped.Out);
        (await ConsoleRun.Of("definitions", "--check", file)).ExitCode.ShouldBe(1, "version 0 is what ships");
        await File.WriteAllTextAsync(file, shipped.Out.Replace("version: 0", "version: 1", StringComparison.Ordinal));

        (await ConsoleRun.Of("definitions", "--check", file)).ExitCode.ShouldBe(0);
        ConsoleRun adopted = await ConsoleRun.Of("definitions", "--adopt", file, "--store", store);

        adopted.ExitCode.ShouldBe(0, adopted.Error);
        adopted.Out.ShouldContain("in force: version 1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("version: x\n")]
    public async Task Definitions_RefusedOrMissing_LeaveNoStoreBehind(string? text)
    {
        string file = Path.Combine(_folder, "team.yaml");
        if (text is not null)
        {
            await File.WriteAllTextAsync(file, text);
        }

        ConsoleRun refused = await ConsoleRun.Of("definitions", "--adopt", file, "--store", $"sqlite:{_folder}/h.db");

        refused.ExitCode.ShouldBe(1, refused.Error);
        Directory.GetFiles(_folder).ShouldBe(text is null ? [] : [file]);
    }

    [Fact]
    public async Task Definitions_WithAVersionToCome_PrintThePromisesInForceAndNameIt()
    {
        string store = $"sqlite:{_folder}/h.db";
        string file = Path.Combine(_folder, "team.yaml");
        string shipped = (await ConsoleRun.Of("definitions", "--yaml")).Out;
        foreach ((int version, int hours, string from) in new[] { (1, 24, ""), (2, 8, "from: 2999-01-01\n") })
        {
            await File.WriteAllTextAsync(file, $"{shipped.Replace("version: 0", $"version: {version}", StringComparison.Ordinal)}\n{from}serviceLevels:\n  firstCallHours: {hours}\n");
            (await ConsoleRun.Of("definitions", "--adopt", file, "--store", store)).ExitCode.ShouldBe(0);
        }

        string shown = (await ConsoleRun.Of("definitions", "--store", store)).Out;

        shown.ShouldContain("in force: version 1");
        shown.ShouldContain("first call within hours 24");
        shown.ShouldNotContain("first call within hours 8");
        shown.ShouldContain("not yet in force: version 2");
        shown.ShouldContain("from 2999-01-01");
    }
}
