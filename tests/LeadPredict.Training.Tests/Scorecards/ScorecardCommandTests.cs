using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Scorecards;

public sealed class ScorecardCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leadpredict-scorecard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Check_GoodCard_SaysSo()
    {
        ConsoleRun run = await ConsoleRun.Of("scorecard", "check", SharedFiles.Repository("tests", "scorecards", "olist.yaml"));

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("is a scorecard: Olist by origin, version 1, 9 rules");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_GoodCardAsJson_IsOneObject()
    {
        ConsoleRun run = await ConsoleRun.Of("scorecard", "check", SharedFiles.Repository("tests", "scorecards", "olist.yaml"), "--json");

        run.Json.GetProperty("ok").GetBoolean().ShouldBeTrue();
        run.Json.GetProperty("rules").GetInt32().ShouldBe(9);
    }

    [Fact]
    public async Task Check_BadCard_ListsEveryFaultWithItsPlace()
    {
        string file = Path.Combine(_folder, "card.yaml");
        await File.WriteAllTextAsync(file, "version: x\nmqlThreshold: 5\ngroup: 1\n");

        ConsoleRun run = await ConsoleRun.Of("scorecard", "check", file, "--json");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"{file}:1:10: found \"x\"; expected version: a number from 1");
        run.Error.ShouldContain($"{file}:3:1: found the unknown key \"group\" in the scorecard (did you mean groups?)");
        using JsonDocument json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("ok").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("faults").GetArrayLength().ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Check_NoSuchFile_IsRefused()
    {
        ConsoleRun run = await ConsoleRun.Of("scorecard", "check", Path.Combine(_folder, "nowhere.yaml"));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("nowhere.yaml: cannot be read");
    }

    [Fact]
    public async Task Explain_WithoutALead_TellsTheRulesInPlainWords()
    {
        ConsoleRun run = await ConsoleRun.Of("scorecard", "explain");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("From 60 points a lead is an MQL.");
        run.Out.ShouldContain("asked for a demo: demo_request (each time, up to 2 times, at most 36 points, half after 45 days, nothing after 180 days)");
        (await ConsoleRun.Of("scorecard", "explain", "--json")).Json.GetProperty("groups").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task Explain_ALead_ItemisesItsPoints()
    {
        string store = await StoreOf(new LeadBuilder("L1").Has("jobTitle", "VP Marketing").Touched("demo_request", 9).Touched("demo_request", 20));

        ConsoleRun run = await ConsoleRun.Of("scorecard", "explain", "--store", store, "--lead", "L1", "--as-of", "2025-01-11");
        ConsoleRun json = await ConsoleRun.Of("scorecard", "explain", "--store", store, "--lead", "L1", "--as-of", "2025-01-11", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("asked for a demo: demo_request 1 day ago");
        run.Out.ShouldContain("vice president: jobTitle is \"VP Marketing\"");
        json.Json.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("points").GetDouble())
            .ShouldBe(json.Json.GetProperty("points").GetDouble());
    }

    [Theory]
    [InlineData("L2", "2025-01-11", "no such lead")]
    [InlineData("L1", "2024-12-31", "was not known before")]
    [InlineData("L1", "yesterday", "expected a day or an instant")]
    [InlineData("L1", "0001-01-01", "expected a day or an instant")]
    public async Task Explain_WrongLeadOrInstant_IsRefused(string lead, string asOf, string message)
    {
        string store = await StoreOf(new LeadBuilder("L1"));

        ConsoleRun run = await ConsoleRun.Of("scorecard", "explain", "--store", store, "--lead", lead, "--as-of", asOf);

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain(message);
        run.Out.ShouldBeEmpty();
    }

    /// <summary>Anyone can fill in a form: what they write there may not steer the terminal of those who read it.</summary>
    [Fact]
    public async Task Explain_OfForeignText_DoesNotSteerTheTerminal()
    {
        string store = await StoreOf(new LeadBuilder("L1\u009b2J").Has("jobTitle", "CEO\u001b]0;owned\u0007\u202e"));

        string shown = (await ConsoleRun.Of("scorecard", "explain", "--store", store, "--lead", "L1\u009b2J", "--as-of", "2025-01-11")).Out;

        shown.ShouldStartWith("L1 2J as of 2025-01-11");
        shown.ShouldContain("jobTitle is \"CEO ]0;owned  \"");
        shown.ShouldNotContain('\u001b');
    }

    private async Task<string> StoreOf(LeadBuilder lead)
    {
        string connection = "sqlite:" + Path.Combine(_folder, "history.db");
        LeadHistory history = lead.Build();
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true);
        await store.AppendAsync(new HistoryBatch { Leads = [history.Lead], Touches = history.Touches, Attributes = history.Attributes });
        return connection;
    }
}
