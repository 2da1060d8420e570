using System.Net;
using System.Text.Json;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Drift;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>A history whose counts are known by how it was made.</summary>
public sealed class PageEvidence : IAsyncLifetime
{
    private const int Leads = 300;
    private static readonly HttpClient Client = new();
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;
    private PageHost _host = null!;

    public async Task InitializeAsync()
    {
        _store = await HistoryStores.OpenAsync($"sqlite:{_folder["h.db"]}", create: true);

        // All have asked for a demo, 90 of a hundred work for small companies; of those with a demo before the hand-over one in three is won.
        for (int i = 0; i < Leads; i++)
        {
            double day = i * 0.2;
            LeadBuilder lead = new LeadBuilder($"l{i:000}", day).From("event").Has("employees", i % 10 == 0 ? 500 : 5).Touched("page_view", day + 0.1).Enters(Stage.MarketingQualified, day + 1);
            lead = i % 2 == 0 ? lead.Touched("demo_request", day + 0.5) : lead;
            lead = i % 6 == 0 ? lead.Enters(Stage.SalesQualified, day + 5).Enters(Stage.Won, day + 9) : lead.Enters(Stage.Recycled, day + 5);
            await _store.AppendAsync(HistoryBatch.Of(lead.BuildAlone()));
        }

        // Later leads, of large companies alone, make the horizons of the others be over.
        for (int i = 0; i < 250; i++)
        {
            await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder($"late{i}", 400).From("event").Has("employees", 500).Enters(Stage.MarketingQualified, 401).BuildAlone()));
        }

        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("end", 405).BuildAlone()));
        ModelRepository repository = new(_folder["models"]);
        var reference = new TrainingReference(
            0.25, [new("source", [], [0, 1, 0, 0]), new("employees", [100], [0.9, 0.1, 0]), new("demo_request_90d", [1], [0.5, 0.5, 0])], 300);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml) with
        {
            MetricsJson = JsonSerializer.Serialize(new { training = reference }, JsonSerializerOptions.Web),
        }));
        _host = await PageHost.StartAsync(new() { Models = _folder["models"], Store = _store });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Scorecard_OfAKnownHistory_CountsEachRulesHits()
    {
        string html = await ReadAsync("/scorecard");
        html.ShouldContain($"On {Leads} decided leads, 50 of them converted");
        Row(html, "asked for a demo").ShouldContain($">{Figure.Percent(50 / 150.0)}</td><td class=\"nowrap\">{Figure.Percent(0.26)} to {Figure.Percent(0.41)}</td><td class=\"num\">{Figure.Percent(0)}</td><td class=\"num\">150</td>");
        Row(html, "asked for a demo").ShouldContain("earns it");
        Row(html, "viewed any page").ShouldContain($">{Figure.Percent(50 / 300.0)}</td><td class=\"nowrap\">{Figure.Percent(0.13)} to {Figure.Percent(0.21)}</td><td class=\"num\">–</td><td class=\"num\">300</td>");
        Row(html, "fewer than 10 employees").ShouldContain("<td class=\"num\">270</td>");
    }

    [Fact]
    public async Task Models_LeadsThatChanged_SaysWhichInputMovedAndHowFar()
    {
        string html = await ReadAsync("/models");
        html.ShouldContain("The 250 leads of ");
        html.ShouldContain("2 inputs have moved");
        Row(html, "employees").ShouldContain($"below 100</td><td class=\"num\">{Figure.Percent(0.9)}</td><td class=\"num\">{Figure.Percent(0)}</td>");
        Row(html, "employees").ShouldContain(">moved</span>");
        Row(html, "source").ShouldContain(">steady</span>");
        html.ShouldContain($"Base rate: {Figure.Percent(0.25)} of the leads it learned from converted; of the last three decided months {Figure.Percent(50 / 300.0)} did");
        html.ShouldContain("fewer than then");
    }

    private static string Row(string html, string name)
    {
        int from = html.IndexOf($">{name}</th>", StringComparison.Ordinal);
        from.ShouldBeGreaterThan(0, name);
        return html[from..html.IndexOf("</tr>", from, StringComparison.Ordinal)];
    }

    private async Task<string> ReadAsync(string path) => WebUtility.HtmlDecode(await Client.GetStringAsync(_host.Address + path));
}
