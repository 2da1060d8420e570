using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>A source may be a link with somebody's address in it: there may be as many as leads, and each tells of one.</summary>
public sealed class SourcesShown : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;

    private string Connection => $"sqlite:{_folder["h.db"]}";

    public async Task InitializeAsync()
    {
        _store = await HistoryStores.OpenAsync(Connection, create: true);
        await _store.AppendAsync(HistoryBatch.Of(
        [
            .. Enumerable.Range(0, 30).Select(i => new LeadBuilder($"lead-{i}").From($"/?mail=one-{i:00}@example.com").Has("industry", $"Office of Jane Doe {i:00}")
                .Enters(Stage.MarketingQualified, 2).Enters(Stage.Won, 3).Closes(true, 3, 100 - i).BuildAlone()),
            .. Enumerable.Range(0, 6).Select(i => new LeadBuilder($"fair-{i}").From("fair").Has("industry", "software").Enters(Stage.MarketingQualified, 2).BuildAlone()),
        ]));
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Page_OfMoreSourcesThanAreRead_SumsTheOthers()
    {
        await using PageHost host = await PageHost.StartAsync(new() { Models = _folder["models"], Store = _store });

        string revenue = Table(await host.ReadAsync("/funnel"), "Revenue by lead source, table");

        revenue.Split("<tr>").Length.ShouldBe(1 + 1 + 24 + 1, "the head, two dozen and the others");
        revenue.ShouldContain("(all others)");
    }

    [Fact]
    public async Task Report_OfGroupsThatFewAreIn_NamesNone()
    {
        (int code, string text) = await SampleService.RunAsync("report", "--store", Connection, "--models", _folder["models"], "--out", _folder["report.html"]);
        code.ShouldBe(0, text);

        string html = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(_folder["report.html"]));
        html.ShouldNotContain("@example.com");
        html.ShouldNotContain("Jane Doe");
        foreach (string table in new[] { "Revenue by lead source, table", "MQL to SQL, By source", "MQL to SQL, By industry" })
        {
            Table(html, table).ShouldContain("(all others)");
            Table(html, table).ShouldContain(table.EndsWith("industry", StringComparison.Ordinal) ? "software" : "fair");
        }
    }

    private static string Table(string page, string name)
    {
        int start = page.IndexOf($"aria-label=\"{name}\"", StringComparison.Ordinal);
        start.ShouldBePositive(name);
        return page[start..page.IndexOf("</table>", start, StringComparison.Ordinal)];
    }
}
