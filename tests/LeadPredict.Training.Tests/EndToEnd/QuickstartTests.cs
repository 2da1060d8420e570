using System.Net;
using System.Text;
using System.Text.Json;
using LeadPredict.Api;
using LeadPredict.Storage;
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
                figures.GetProperty("auc").GetDouble().ShouldBeInRange(0.5, 0.9);
                figures.GetProperty("logLoss").GetDouble().ShouldBeInRange(0.05, 0.75);
                figures.GetProperty("brier").GetDouble().ShouldBeInRange(0.01, 0.25);
                figures.GetProperty("ece").GetDouble().ShouldBeInRange(0, 0.25);
            }
        }
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
}
