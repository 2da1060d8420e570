using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LeadPredict.Api;
using LeadPredict.Testing;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Library.Tests;

/// <summary>The documented programs answer as the service and the console do.</summary>
public sealed class LibraryPrograms : IDisposable
{
    private static readonly string Models = SharedFiles.Repository("models");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-library-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ScoreOneLead_SaysWhatTheServiceAnswers_BitForBit()
    {
        string[] printed = await Printed.ByAsync(() => ScoreOneLead.Main([Models]));

        JsonElement answer = await AskAsync(
            """
            { "asOf": "2025-05-31T08:00:00Z",
              "lead": { "id": "b1", "createdAt": "2025-05-01T08:00:00Z", "source": "organic_search", "attributes": { "jobTitle": "VP Marketing", "employees": 250 } },
              "touches": [ { "id": "t1", "type": "demo_request", "occurredAt": "2025-05-20T08:00:00Z" } ],
              "transitions": [ { "to": "MarketingQualified", "occurredAt": "2025-05-21T08:00:00Z" } ] }
            """);
        JsonElement chances = answer.GetProperty("probabilities");
        JsonElement sql = chances.GetProperty("sql");
        printed.ShouldBe(
        [
            $"leads@{answer.GetProperty("model").GetProperty("version")}: P(SQL) {Number(sql, "value")} ({Number(sql, "low")} to {Number(sql, "high")}), P(close) {Number(chances.GetProperty("close"), "value")}",
            .. answer.GetProperty("reasons").EnumerateArray().Select(reason => $"{Number(reason, "contribution")} {reason.GetProperty("text")}"),
            .. answer.GetProperty("scorecard").GetProperty("items").EnumerateArray().Select(item => $"{Number(item, "points")} points: {item.GetProperty("because")}"),
        ]);
        printed.Length.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task ScoreManyLeads_SaysWhatTheConsoleWrites_BitForBit()
    {
        await Printed.ConsoleAsync("import", SharedFiles.Repository("data-samples"), "--store", Store);
        await Printed.ConsoleAsync("score", "--store", Store, "--models", Models, "--model", "leads", "--as-of", "2025-03-01", "--out", At("scored.csv"));
        string[][] written = [.. File.ReadLines(At("scored.csv")).Select(line => line.Split(','))];
        int close = Array.IndexOf(written[0], "pClose");

        string[] printed = await Printed.ByAsync(() => ScoreManyLeads.Main([Models, Store, "2025-03-01T00:00:00Z"]));

        printed.Length.ShouldBeGreaterThan(1000);
        printed.ShouldBe(written.Skip(1).Select(cells => $"{cells[0]},{cells[close]}"));
    }

    [Fact]
    public async Task ScoreFromStore_AppendsOnceAndSeesOnlyWhatWasKnown()
    {
        string[] first = await Printed.ByAsync(() => ScoreFromStore.Main([Models, Store]));
        string[] again = await Printed.ByAsync(() => ScoreFromStore.Main([Models, Store]));

        await Printed.ConsoleAsync("score", "--store", Store, "--models", Models, "--model", "leads", "--as-of", "2025-05-05T08:00:00Z", "--out", At("scored.ndjson"));
        JsonElement answer = JsonDocument.Parse(await File.ReadAllTextAsync(At("scored.ndjson"))).RootElement;
        first.Length.ShouldBe(4);
        first[0].ShouldBe("4 rows added, 0 known already");
        first[1].ShouldStartWith("May 4: Lead, 1 rows not known yet, P(close) ");
        first[2].ShouldBe($"May 5: MarketingQualified, 0 rows not known yet, P(close) {Number(answer.GetProperty("probabilities").GetProperty("close"), "value")}");
        first[3].ShouldBe(answer.GetProperty("next").GetProperty("action").GetString());
        again.ShouldBe(["0 rows added, 4 known already", .. first[1..]]);
    }

    [Fact]
    public async Task TrainFromHistory_PublishesTheBytesOfTheConsole()
    {
        await Printed.ConsoleAsync("simulate", "--out", At("market"), "--leads", "1500", "--seed", "11");
        await Printed.ConsoleAsync("import", At("market"), "--store", Store);

        string[] printed = await Printed.ByAsync(() => TrainFromHistory.Main([Store, At("mine")]));

        await Printed.ConsoleAsync(
            "train", "--store", Store, "--models", At("theirs"), "--learner", "trees", "--seed", "7", "--close-horizon", "120", "--promote");
        printed[0].ShouldStartWith("published leads@1 ");
        Hash("mine", "leads@champion").ShouldBe(Hash("theirs", "leads@champion"));
    }

    [Fact]
    public async Task TrainTable_PublishesTheBytesOfTheConsole_AndScoresAsIt()
    {
        await File.WriteAllLinesAsync(At("deals.csv"), Deals());
        await File.WriteAllLinesAsync(At("new.csv"), ["plan,seats", "pro,40", "free,", "basic,3"]);

        string[] printed = await Printed.ByAsync(() => TrainTable.Main([At("deals.csv"), At("mine")]));

        await Printed.ConsoleAsync("train", "--table", At("deals.csv"), "--label", "won", "--models", At("theirs"), "--name", "deals", "--seed", "7");
        Hash("mine", "deals@1").ShouldBe(Hash("theirs", "deals@1"));
        await Printed.ConsoleAsync("score", "--models", At("theirs"), "--model", "deals", "--in", At("new.csv"), "--out", At("scored.csv"));
        string[][] scored = [.. File.ReadLines(At("scored.csv")).Skip(1).Select(line => line.Split(','))];
        printed.ShouldBe(scored.Select(cells => $"{cells[0]},{cells[1]}: {cells[2]}"));
    }

    private string Store => "sqlite:" + At("history.db");

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Hash(string models, string model) => new ModelRepository(At(models)).Load(ModelReference.Parse(model)).Hash;

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static async Task<JsonElement> AskAsync(string request)
    {
        await using WebApplication service = LeadPredictApi.Create(new() { Models = Models, Urls = "http://127.0.0.1:0" });
        await service.StartAsync();
        using var client = new HttpClient { BaseAddress = new(service.Urls.First()) };
        using HttpResponseMessage answer = await client.PostAsync("/v1/score", new StringContent(request, Encoding.UTF8, "application/json"));
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    private static IEnumerable<string> Deals()
    {
        var random = new Random(3);
        string[] plans = ["free", "basic", "pro"];
        yield return "plan,seats,won";
        for (int i = 0; i < 600; i++)
        {
            int plan = random.Next(3);
            int seats = random.Next(1, 60);
            yield return $"{plans[plan]},{(random.Next(9) == 0 ? "" : seats)},{(random.NextDouble() < 0.15 + (0.2 * plan) + (seats / 200.0) ? "yes" : "no")}";
        }
    }
}
