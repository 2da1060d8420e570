using System.Text.Json;
using LeadPredict.Testing;
using LeadPredict.Training.Tests.Scaling;

namespace LeadPredict.Training.Tests.Explain;

/// <summary>The committed champion on simulated leads.</summary>
public sealed class ScoreChangeCommandTests(ExportedHistory history) : IClassFixture<ExportedHistory>
{
    private static readonly string Models = SharedFiles.Repository("models");

    [Fact]
    public async Task Leads_OfAStore_AreExplainedWithPartsThatAddUp()
    {
        string scores = history.At("open.csv");
        (await ConsoleRun.Of("score", "--models", Models, "--model", "leads", "--store", history.Store, "--as-of", "2025-03-01", "--out", scores)).ExitCode.ShouldBe(0);
        string[] open = [.. File.ReadLines(scores).Skip(1).Select(line => line.Split(',')).Where(cells => cells[2].Length > 0 && cells[2] is not ("0" or "1")).Select(cells => cells[0])];
        int explained = 0;
        foreach (string lead in open.Take(30))
        {
            ConsoleRun run = await Run(lead, "2025-03-01", "2025-04-15", "--json");
            if (run.ExitCode == 1)
            {
                run.Error.ShouldContain("nothing left to predict");
                continue;
            }

            explained++;
            JsonElement change = run.Json;
            double difference = change.GetProperty("difference").GetDouble();
            change.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("difference").GetDouble()).ShouldBe(difference);
            (change.GetProperty("after").GetProperty("rawScore").GetDouble() - change.GetProperty("before").GetProperty("rawScore").GetDouble()).ShouldBe(difference);
            ConsoleRun text = await Run(lead, "2025-03-01", "2025-04-15");
            text.Out.ShouldStartWith(lead + ": P(");
            text.Out.ShouldContain(difference == 0 ? "nothing that the model reads" : "what ");
        }

        explained.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Lead_ThatIsNotThere_IsRefused()
    {
        ConsoleRun run = await Run("nobody", "2025-03-01", "2025-04-15");
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("no such lead");
    }

    [Fact]
    public async Task Instants_InTheWrongOrder_AreRefused()
    {
        ConsoleRun run = await Run("nobody", "2025-03-01", "2025-02-15");
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("lies before");
    }

    private Task<ConsoleRun> Run(string lead, string from, string to, params string[] more) => ConsoleRun.Of(
        ["explain", "--lead", lead, "--from", from, "--to", to, "--models", Models, "--store", history.Store, .. more]);
}
