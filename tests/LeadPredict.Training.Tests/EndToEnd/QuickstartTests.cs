using System.Net;
using System.Text;
using System.Text.Json;
using LeadPredict.Api;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Drift;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Training.Tests.EndToEnd;

public sealed class QuickstartTests(QuickstartRun quickstart) : IClassFixture<QuickstartRun>
{
    private const string AsOf = "2025-07-01T00:00:00Z";

    [Fact]
    public void Quickstart_Json_HoldsModelRulesAndVerdict()
    {
        quickstart.Json.GetProperty("model").GetProperty("name").GetString().ShouldBe("leads");
        quickstart.Json.GetProperty("model").GetProperty("version").GetInt32().ShouldBe(1);
        quickstart.Json.GetProperty("verdict").GetString()!.ShouldEndWith(".");
        foreach (string side in new[] { "metrics", "scorecard" })
        {
            foreach (string question in new[] { "sql", "close" })
            {
                JsonElement figures = quickstart.Json.GetProperty(side).GetProperty(question);
                figures.GetProperty("n").GetInt32().ShouldBeGreaterThan(50);

                // Eight wins among the later sample leads: the order of so few is mostly chance.
                figures.GetProperty("auc").GetDouble().ShouldBeInRange(question == "sql" ? 0.6 : 0.4, 0.9);
                figures.GetProperty("logLoss").GetDouble().ShouldBeInRange(0.05, 0.75);
                figures.GetProperty("brier").GetDouble().ShouldBeInRange(0.01, 0.25);
                figures.GetProperty("ece").GetDouble().ShouldBeInRange(0, 0.25);
            }
        }
    }

    [Theory]
    [InlineData("somebody", 1)]
    [InlineData("L0000001", 700)]
    public async Task Quickstart_OnAStoreWithAnotherHistory_IsRefused(string lead, double created)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-quickstart-");
        string store = "sqlite:" + Path.Combine(folder.FullName, "h.db");
        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: true))
        {
            await history.AppendAsync(HistoryBatch.Of(new LeadBuilder(lead, created).BuildAlone()));
        }

        ConsoleRun run = await ConsoleRun.Of("quickstart", "--no-serve", "--samples", Path.Combine(QuickstartRun.Root, "data-samples"), "--store", store, "--models", Path.Combine(folder.FullName, "models"));

        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain("holds another history");
        await using (IHistoryStore after = await HistoryStores.OpenAsync(store, create: false))
        {
            (await after.SummarizeAsync()).Leads.ShouldBe(1);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Quickstart_WithoutItsSamples_LeavesNoStore()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-quickstart-");
        string At(string name) => Path.Combine(folder.FullName, name);

        ConsoleRun run = await ConsoleRun.Of("quickstart", "--no-serve", "--samples", At("nothing"), "--store", "sqlite:" + At("h.db"), "--models", At("models"));

        run.ExitCode.ShouldBe(1);
        File.Exists(At("h.db")).ShouldBeFalse();
        folder.Delete(recursive: true);
    }

    /// <summary>Whoever changes what is learnt learns the model of the repository anew: 'quickstart' makes it.</summary>
    [Fact]
    public void Quickstart_Card_IsThatOfTheModelInTheRepository() =>
        Card(quickstart.Models).ShouldBe(Card(Path.Combine(QuickstartRun.Root, "models")));

    [Fact]
    public async Task Drift_OfTheSamples_IsHeldAgainstWhatTheModelKeepsOfItsLeads()
    {
        ModelArtifact model = new ModelRepository(quickstart.Models).Load("leads", 1);
        TrainingReference reference = TrainingReference.Of(model)!;
        reference.Columns.Select(column => column.Name).ShouldBe(model.Schema.Features.Select(feature => feature.Name));
        reference.Columns.ShouldAllBe(column => Math.Abs(column.Shares.Sum() - 1) < 1e-9);
        reference.Rows.ShouldBeGreaterThan(500);

        JsonElement drift = (await ConsoleRun.Of("drift", "--models", quickstart.Models, "--store", quickstart.Store, "--json")).Json;
        drift.GetProperty("inputs").GetProperty("leads").GetInt32().ShouldBeGreaterThan(200);
        drift.GetProperty("inputs").GetProperty("baseRate").GetDouble().ShouldBe(reference.BaseRate);
        JsonElement[] inputs = [.. drift.GetProperty("inputs").GetProperty("inputs").EnumerateArray()];
        inputs.Length.ShouldBe(reference.Columns.Length);
        inputs.Count(input => input.GetProperty("isMajor").GetBoolean()).ShouldBeLessThan(4, "the simulated market stands still");

        ConsoleRun text = await ConsoleRun.Of("drift", "--models", quickstart.Models, "--store", quickstart.Store);
        text.ExitCode.ShouldBe(0, text.Error);
        text.Out.ShouldContain("base rate:");
    }

    [Fact]
    public async Task EveryLead_ByConsoleAndByHttp_HasTheSameAnswer()
    {
        string file = Path.Combine(quickstart.Folder, "scores.ndjson");
        (await ConsoleRun.Of(
            "score", "--models", quickstart.Models, "--model", "leads", "--store", quickstart.Store, "--as-of", AsOf, "--out", file)).ExitCode.ShouldBe(0);
        await using IHistoryStore store = await HistoryStores.OpenAsync(quickstart.Store, create: false, default);
        await using WebApplication app = LeadPredictApi.Create(
            new() { Models = quickstart.Models, Store = store, Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        int compared = 0;
        foreach (string line in await File.ReadAllLinesAsync(file))
        {
            using JsonDocument answer = JsonDocument.Parse(line);
            string id = answer.RootElement.GetProperty("leadId").GetString()!;
            string served = await client.GetStringAsync(new Uri($"/v1/leads/{id}/score?asOf={AsOf}", UriKind.Relative));
            served.ShouldBe(line);
            compared++;
        }

        compared.ShouldBe(2000);
    }

    /// <summary>A table has no sentences: a column says whose chances assume a stage that the lead has not come to.</summary>
    [Fact]
    public async Task EveryLead_AsATable_SaysWhichChancesAssumeAStage()
    {
        string[] files = [Path.Combine(quickstart.Folder, "assumes.csv"), Path.Combine(quickstart.Folder, "assumes.ndjson")];
        foreach (string file in files)
        {
            (await ConsoleRun.Of(
                "score", "--models", quickstart.Models, "--model", "leads", "--store", quickstart.Store, "--as-of", AsOf, "--out", file)).ExitCode.ShouldBe(0);
        }

        string[][] rows = [.. File.ReadLines(files[0]).Select(line => line.Split(','))];
        string[] answers = await File.ReadAllLinesAsync(files[1]);
        rows[0][^2..].ShouldBe(["stage", "assumes"]);
        rows.Length.ShouldBe(answers.Length + 1);
        foreach ((string[] row, string answer) in rows.Skip(1).Zip(answers))
        {
            bool assumed = answer.Contains("The lead is not yet MarketingQualified: ", StringComparison.Ordinal);
            (row[^2], row[^1]).ShouldBe(assumed ? ("Lead", "MarketingQualified") : (row[^2], ""));
        }

        rows.Select(row => row[^2]).Distinct().Count().ShouldBeGreaterThan(4);
        rows.Count(row => row[^1].Length > 0).ShouldBeInRange(2, answers.Length - 1);
    }

    [Fact]
    public void CommittedChampion_TrainedAgain_HasTheSameFigures()
    {
        string committed = Path.Combine(QuickstartRun.Root, "models", "leads", "1");
        string trained = Path.Combine(quickstart.Models, "leads", "1");
        foreach (string file in new[] { "schema.json", "scorecard.yaml" })
        {
            File.ReadAllBytes(Path.Combine(trained, file)).ShouldBe(File.ReadAllBytes(Path.Combine(committed, file)), file);
        }

        // Another processor may round the last bit of a logarithm otherwise, so the figures are held and not the bytes.
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(committed, "metrics.json")));
        foreach (string question in new[] { "sql", "close" })
        {
            double expected = metrics.RootElement.GetProperty(question).GetProperty("logLoss").GetProperty("value").GetDouble();
            quickstart.Json.GetProperty("metrics").GetProperty(question).GetProperty("logLoss").GetDouble().ShouldBe(expected, 1e-6, question);
        }
    }

    [Fact]
    public async Task RecycledLead_ScoredDayByDay_FallsOnRecycling()
    {
        await using WebApplication app = LeadPredictApi.Create(
            new() { Models = Path.Combine(QuickstartRun.Root, "models"), Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        async Task<(string Stage, double Sql, double Close)> Score(string asOf)
        {
            string request = $$"""
                { "asOf": "{{asOf}}",
                  "lead": { "id": "r1", "createdAt": "2025-01-10T08:00:00Z", "source": "webinar",
                            "attributes": { "industry": "software", "employees": 300, "jobTitle": "Director of Marketing" } },
                  "touches": [ { "id": "t1", "type": "demo_request", "occurredAt": "2025-02-01T08:00:00Z" } ],
                  "transitions": [ { "to": "MarketingQualified", "occurredAt": "2025-02-02T08:00:00Z" },
                                   { "to": "SalesQualified", "occurredAt": "2025-02-12T08:00:00Z" },
                                   { "to": "Recycled", "occurredAt": "2025-03-12T08:00:00Z" },
                                   { "to": "MarketingQualified", "occurredAt": "2025-05-02T08:00:00Z" } ] }
                """;
            using HttpResponseMessage response = await client.PostAsync(
                new Uri("/v1/score", UriKind.Relative), new StringContent(request, Encoding.UTF8, "application/json"));
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            JsonElement probabilities = answer.RootElement.GetProperty("probabilities");
            return (
                answer.RootElement.GetProperty("stage").GetString()!,
                probabilities.GetProperty("sql").GetProperty("value").GetDouble(),
                probabilities.GetProperty("close").GetProperty("value").GetDouble());
        }

        var mql = await Score("2025-02-03T08:00:00Z");
        var sql = await Score("2025-03-11T08:00:00Z");
        var recycled = await Score("2025-03-13T08:00:00Z");
        var again = await Score("2025-05-03T08:00:00Z");
        new[] { mql.Stage, sql.Stage, recycled.Stage, again.Stage }.ShouldBe(["MarketingQualified", "SalesQualified", "Recycled", "MarketingQualified"]);
        sql.Sql.ShouldBe(1);
        recycled.Sql.ShouldBeLessThan(mql.Sql);
        recycled.Close.ShouldBeLessThan(sql.Close);
        again.Sql.ShouldBeGreaterThan(recycled.Sql);
        again.Sql.ShouldBeLessThan(1);
    }

    [Fact]
    public async Task ReadmeRequest_Posted_IsAnsweredAndItsFutureTouchIsNamed()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(QuickstartRun.Root, "README.md"));
        int start = readme.IndexOf("JSON'\n", StringComparison.Ordinal) + "JSON'\n".Length;
        string request = readme[start..readme.IndexOf("\nJSON", start, StringComparison.Ordinal)];
        await using WebApplication app = LeadPredictApi.Create(
            new() { Models = Path.Combine(QuickstartRun.Root, "models"), Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using HttpResponseMessage response = await client.PostAsync(
            new Uri("/v1/score", UriKind.Relative), new StringContent(request, Encoding.UTF8, "application/json"));
        string body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        using JsonDocument answer = JsonDocument.Parse(body);
        JsonElement probabilities = answer.RootElement.GetProperty("probabilities");
        double sql = probabilities.GetProperty("sql").GetProperty("value").GetDouble();
        double close = probabilities.GetProperty("close").GetProperty("value").GetDouble();
        close.ShouldBeInRange(0, sql);
        sql.ShouldBeInRange(0, 1);
        answer.RootElement.GetProperty("warnings").ToString().ShouldContain("t2");
        double total = answer.RootElement.GetProperty("baseValue").GetDouble()
            + answer.RootElement.GetProperty("reasons").EnumerateArray().Sum(reason => reason.GetProperty("contribution").GetDouble());
        total.ShouldBe(answer.RootElement.GetProperty("rawScore").GetDouble(), 1e-9);
    }

    private static string Card(string models) => File.ReadAllText(Path.Combine(models, "leads", "1", "card.md"));
}
