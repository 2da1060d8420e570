using System.Net;
using System.Text.Json;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Drift;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Drift;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Scoring.Comparison;
using LeadPredict.Storage;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Keys;
using LeadPredict.Testing;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Pages.Tests;

[Collection(OwnTests.Name)]
public sealed class PageSafety(Browser browser) : SmallStore
{
    private const int Compared = 200;
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{7*7}}";

    [BrowserFact]
    public async Task Lead_WithScriptInEveryText_RunsNothingAndShowsIt()
    {
        Account account = new() { Id = Hostile + "a", Name = Hostile, Domain = Hostile, CreatedAt = Day.At(0), RecordedAt = Day.At(0) };
        LeadHistory lead = new LeadBuilder(Hostile, 1, account: account.Id).From(Hostile)
            .Has("jobTitle", Hostile, 1).Has(Hostile, Hostile, 1).Has("email", Hostile, 1).Has("industry", Hostile, 1)
            .Touched(Hostile, 2, null, (Hostile, Hostile)).Touched("call", 5)
            .Enters(Stage.MarketingQualified, 3, actor: Hostile, reason: Hostile).Enters(Stage.SalesAccepted, 4, actor: Hostile, reason: Hostile)
            .Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(account, [lead])));
        await AppendDecidedAsync();
        await HandOffStores.Of(Store).AdoptAsync(new(1, HostileDefinitions(), Day.At(2), Hostile));
        await PublishHostileAsync();
        await Store.AppendAsync(new() { Leads = [.. Enumerable.Range(0, Compared).Select(row => new LeadBuilder(Hostile + row).Build().Lead)] });
        await using PageHost host = await PageHost.StartAsync(new() { Models = Folder["models"], Store = Store });

        string shown = "";
        foreach (string path in new[] { "/", "/calls", "/lead?id=" + Uri.EscapeDataString(Hostile), "/funnel", "/models", "/scorecard", "/calls?find=" + Uri.EscapeDataString(Hostile), "/sign-in?returnTo=" + Uri.EscapeDataString(Hostile) })
        {
            await using Window window = await browser.OpenAsync();
            await window.Page.GotoAsync(host.Address + path);
            window.Faults.ShouldBeEmpty(path);
            shown += (await window.Page.ContentAsync()).Split("&lt;script&gt;alert(1)").Length > 1 ? path + " " : "";
            (await window.Page.Locator("main img, main script, [onload], [onerror]").CountAsync()).ShouldBe(0, path);
        }

        // Each page had something to show of it; the rest of its texts are numbers and our own.
        foreach (string path in new[] { "/ ", "/calls ", "/lead?id=", "/funnel ", "/models ", "/scorecard " })
        {
            shown.ShouldContain(path);
        }

        string report = Folder["report.html"];
        (int code, string text) = await SampleService.RunAsync("report", "--store", $"sqlite:{Folder["h.db"]}", "--models", Folder["models"], "--out", report);
        code.ShouldBe(0, text);
        await using Window file = await browser.OpenAsync();
        await file.Page.GotoAsync("file://" + report);
        file.Faults.ShouldBeEmpty("report");
        (await file.Page.Locator("main img, main script, [onload], [onerror]").CountAsync()).ShouldBe(0);

        using var client = new HttpClient();
        (await client.GetStringAsync(host.Address + "/calls.csv")).ShouldContain("\"<script>alert(1)</script>");
    }

    [Fact]
    public async Task Pages_EveryOne_ForbidScriptsOfOthersAndFrames()
    {
        await using PageHost host = await PageHost.StartAsync(new() { Models = Folder["models"], Store = Store });
        using var client = new HttpClient();
        foreach (string path in new[] { "/", "/calls", "/funnel", "/models", "/scorecard", "/sign-in" })
        {
            using HttpResponseMessage page = await client.GetAsync(host.Address + path);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            string policy = page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
        }
    }

    [BrowserFact]
    public async Task SignIn_WithKeysOfEachRole_ShowsWhatTheRoleMayDo()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("mql", 1).Enters(Stage.MarketingQualified, 3).BuildAlone()));
        string viewer = await KeyAsync("viewer", AccessScopes.Read);
        string sales = await KeyAsync("sales", AccessScopes.Read | AccessScopes.Ingest);
        await using PageHost host = await PageHost.StartAsync(new() { Models = Folder["models"], Store = Store, Operations = Operations, RequireKeys = true });

        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync(host.Address + "/lead?id=mql");
        window.Page.Url.ShouldContain("/sign-in?returnTo=");
        await SignInAsync(window, "lp_wrong");
        (await window.Page.Locator(".notice.fault").InnerTextAsync()).ShouldContain("unknown, revoked or expired");
        await SignInAsync(window, viewer);
        window.Page.Url.ShouldEndWith("/lead?id=mql");
        (await window.Page.Locator("form[action='/lead/decide']").CountAsync()).ShouldBe(0);
        await window.Page.ClickAsync("text=Sign out");
        await window.Page.GotoAsync(host.Address + "/sign-in?returnTo=/lead?id=mql");
        await SignInAsync(window, sales);
        await window.Page.SelectOptionAsync("select[name=decision]", "accept:fits_profile");
        await window.Page.FillAsync("input[name=note]", "called, wants a demo");
        await window.Page.ClickAsync("text=Record");

        (await window.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("mql: MQL to SAL, under definitions version 0");
        window.Faults.ShouldBeEmpty();
        StageTransition move = (await Store.FindAccountOfLeadAsync("mql"))!.Leads[0].Transitions[^1];
        (move.To, move.Reason).ShouldBe((Stage.SalesAccepted, "fits_profile"));
        move.Actor!.ShouldStartWith("sales (");
        (await window.Page.Locator("main").InnerTextAsync()).ShouldContain("called, wants a demo");
    }

    [Theory]
    [InlineData("/lead/decide")]
    [InlineData("/models/promote")]
    [InlineData("/models/rollback")]
    [InlineData("/models/dismiss")]
    [InlineData("/sign-out")]
    public async Task Action_WithoutItsFormsToken_IsRefused(string path)
    {
        await using PageHost host = await PageHost.StartAsync(new() { Models = Folder["models"], Store = Store, AdminKey = "an-admin-key-of-the-tests" });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        foreach (string? token in new[] { null, "", new string('0', 64) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, host.Address + path);
            request.Headers.Add("Cookie", "leadpredict-key=an-admin-key-of-the-tests");
            var fields = new Dictionary<string, string> { ["name"] = "small", ["version"] = "1", ["lead"] = "x", ["decision"] = "accept:fits_profile" };
            if (token is not null)
            {
                fields["token"] = token;
            }

            request.Content = new FormUrlEncodedContent(fields);
            using HttpResponseMessage answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task SignIn_SentByAnotherSite_IsRefused()
    {
        await using PageHost host = await PageHost.StartAsync(new() { Models = Folder["models"], Store = Store });
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Address + "/sign-in");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = "x" });
        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("//evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/calls?find=\u00fc", "/")]
    [InlineData("/calls?find=%C3%BC", "/calls?find=%C3%BC")]
    [InlineData("/calls?page=2", "/calls?page=2")]
    [InlineData(null, "/")]
    public void ReturnAddress_ThatLeavesTheService_IsTheFirstPage(string? path, string expected) =>
        LeadPredict.Api.Endpoints.PageAnswer.Local(path).ShouldBe(expected);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("plain, \"quoted\"", "\"plain, \"\"quoted\"\"\"")]
    public void Csv_TextThatASpreadsheetWouldRun_IsText(string account, string cell) =>
        CallsCsv.Write([CallListPages.Row(1) with { Account = account }], new() { AsOf = Day.At(300), IsPast = false }).ShouldContain("," + cell + ",");

    /// <summary>Enough decided leads for each table of the pages to have a row with the text in it.</summary>
    private async Task AppendDecidedAsync()
    {
        for (int i = 0; i < 120; i++)
        {
            LeadBuilder lead = new LeadBuilder($"decided-{i}", i * 0.1).From(Hostile).Has("industry", Hostile).Has("country", Hostile)
                .Touched(i % 3 == 0 ? "demo_request" : Hostile, (i * 0.1) + 1)
                .Enters(Stage.MarketingQualified, (i * 0.1) + 2, actor: Hostile, reason: Hostile);
            lead = i % 3 == 0
                ? lead.Enters(Stage.SalesQualified, (i * 0.1) + 3, actor: Hostile, reason: Hostile).Enters(Stage.Won, (i * 0.1) + 4, actor: Hostile, reason: Hostile)
                : lead.Enters(Stage.Recycled, (i * 0.1) + 3, actor: Hostile, reason: Hostile);
            await Store.AppendAsync(HistoryBatch.Of(lead.BuildAlone()));
        }

        // The history must go on until their horizons are over.
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("late", 400).From(Hostile).BuildAlone()));
    }

    private static string HostileDefinitions() => HandOffFile.DefaultYaml
        .Replace("version: 0", "version: 1", StringComparison.Ordinal)
        .Replace("name: as shipped", $"name: {Quoted()}", StringComparison.Ordinal)
        .Replace("Right company, right role", Quoted(), StringComparison.Ordinal);

    /// <summary>A model whose card, comparison, leak report and feature names are hostile too.</summary>
    private async Task PublishHostileAsync()
    {
        string card = $$"""
            name: {{Quoted()}}
            version: 1
            mqlThreshold: 10
            grades: { fit: { A: 3, B: 2, C: 1 }, engagement: { 1: 3, 2: 2, 3: 1 } }
            groups:
              online:
                rules:
                  - { name: {{Quoted()}}, points: 20, when: { touch: demo_request } }
                  - { name: {{Quoted("other ")}}, points: -5, when: { not: { touch: demo_request } } }
            """;
        var random = new Random(5);
        double[] chances = [.. Enumerable.Range(0, Compared).Select(_ => random.NextDouble())];
        ComparisonReport report = ModelComparison.Compare(
            new()
            {
                Labels = [.. chances.Select(chance => (byte)(random.NextDouble() < chance ? 1 : 0))],
                ModelProbabilities = [.. chances.Select(chance => Math.Clamp(chance, 0.01, 0.99))],
                ScorecardPoints = [.. chances.Select(_ => Math.Round(100 * random.NextDouble()))],
                ScorecardProbabilities = [.. chances.Select(_ => 0.5)],
                Groups = [.. Enumerable.Range(0, Compared)],
                LeadIds = [.. Enumerable.Range(0, Compared).Select(row => Hostile + row)],
                Segments = new Dictionary<string, string[]> { [Hostile] = [.. Enumerable.Repeat(Hostile, Compared)] },
            },
            seed: 1,
            resamples: 50);
        ModelRepository repository = new(Folder["models"]);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft(scorecard: card) with
        {
            Card = "# " + Hostile,
            MetricsJson = JsonSerializer.Serialize(new
            {
                leaks = new[] { new { name = Hostile, because = Hostile } },
                leftOut = new[] { Hostile },
                training = new TrainingReference(0.1, [.. SmallModels.Schema.Features.Select(feature => new ColumnShape(feature.Name, feature.Cardinality > 0 ? [] : [1f], feature.Cardinality > 0 ? [0.2, 0.3, 0.5, 0] : [0.5, 0.4, 0.1]))]),
            }, JsonSerializerOptions.Web),
            ComparisonJson = JsonSerializer.Serialize(new { verdict = Hostile, sql = (ComparisonReport?)null, close = report }, ConsoleHost.JsonOptions),
        }));
    }

    private static string Quoted(string before = "") => JsonSerializer.Serialize(before + Hostile);

    private static async Task SignInAsync(Window window, string key)
    {
        await window.Page.FillAsync("#key", key);
        await window.Page.ClickAsync("main button");
    }
}
