using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LeadPredict.Api.Pages.Compare;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Artifacts;
using LeadPredict.Scoring.Comparison;
using Microsoft.Playwright;

namespace LeadPredict.Pages.Tests;

[Collection(SampleTests.Name)]
public sealed partial class PageNumbers(SampleService service, Browser browser)
{
    private static readonly HttpClient Client = new();

    [Fact]
    public async Task Compare_ThePageAndTheApiAndTheConsole_TellTheSame()
    {
        string html = await Client.GetStringAsync(service.Host.Address + "/?capacity=10");
        JsonElement api = (await Client.GetFromJsonAsync<JsonElement>(service.Host.Address + "/v1/compare")).GetProperty("comparison").GetProperty("close");
        (int code, string json) = await SampleService.RunAsync("compare", "--models", service.Models, "--json");
        code.ShouldBe(0, json);
        JsonElement console = JsonDocument.Parse(json).RootElement.GetProperty("close");

        JsonElement.DeepEquals(api, console).ShouldBeTrue();
        CaptureReport capture = api.GetProperty("capture").Deserialize<CaptureReport>(JsonSerializerOptions.Web)!;
        int step = capture.StepOf(10 * 12);
        MatchCollection tiles = Tile().Matches(html);
        tiles[0].Groups[1].Value.ShouldBe(Figure.Count(capture.Model[step]));
        tiles[1].Groups[1].Value.ShouldBe(Figure.Count(capture.Rules[step]));
        html.ShouldContain(System.Net.WebUtility.HtmlEncode(Figure.Count(api.GetProperty("n").GetInt32())));
        foreach (JsonElement quadrant in api.GetProperty("disagreement").GetProperty("quadrants").EnumerateArray())
        {
            html.ShouldContain($"<td class=\"num\">{Figure.Count(quadrant.GetProperty("n").GetInt32())}</td><td class=\"num\">{Figure.Count(quadrant.GetProperty("converted").GetInt32())}</td>");
        }
    }

    [Fact]
    public async Task Funnel_ThePageAndTheApiAndTheConsole_TellTheSame()
    {
        JsonElement api = await Client.GetFromJsonAsync<JsonElement>(service.Host.Address + "/v1/funnel");
        (int code, string json) = await SampleService.RunAsync("funnel", "--store", service.Connection, "--models", service.Models, "--json");
        string html = await ReadAsync("/funnel");

        code.ShouldBe(0, json);
        JsonElement console = JsonDocument.Parse(json).RootElement;
        foreach (string part in new[] { "links", "timeInStage", "revenue", "acceptance", "reasons", "sqls", "firstCalls" })
        {
            Text(api.GetProperty(part)).ShouldBe(Text(console.GetProperty(part)), part);
        }

        foreach (JsonElement cohort in api.GetProperty("links")[0].GetProperty("cohorts").EnumerateArray().TakeLast(12))
        {
            string row = Row(html, cohort.GetProperty("name").GetString()!, "MQL to SQL within");
            row.ShouldContain($">{Figure.Count(cohort.GetProperty("episodes").GetInt32())}</td>");
            row.ShouldContain(Figure.Percent(cohort.GetProperty("estimate").GetProperty("value").GetDouble()));
            row.Contains("immature", StringComparison.Ordinal).ShouldBe(!cohort.GetProperty("isMature").GetBoolean());
        }
    }

    [Fact]
    public async Task Models_ThePageAndTheApiAndTheConsole_TellTheSame()
    {
        string html = await ReadAsync("/models");
        JsonElement api = await Client.GetFromJsonAsync<JsonElement>(service.Host.Address + "/v1/models");
        (int code, string json) = await SampleService.RunAsync("compare", "--models", service.Models, "--json");
        code.ShouldBe(0, json);
        JsonElement close = JsonDocument.Parse(json).RootElement.GetProperty("close");
        foreach ((string name, int decimals) in new[] { ("logLoss", 4), ("auc", 3) })
        {
            html.ShouldContain($">{Figure.Decimals(Value(close, "model", name), decimals)}</td><td class=\"num\">{Figure.Decimals(Value(close, "scorecard", name), decimals)}</td>");
        }

        foreach (string name in new[] { "precisionAt20", "ece" })
        {
            html.ShouldContain($">{Figure.Percent(Value(close, "model", name))}</td><td class=\"num\">{Figure.Percent(Value(close, "scorecard", name))}</td>");
        }

        JsonElement version = api.GetProperty("models").EnumerateArray().ShouldHaveSingleItem();
        html.ShouldContain($"{version.GetProperty("name").GetString()}@{version.GetProperty("version").GetInt32()}</th>");
        html.ShouldContain(version.GetProperty("hash").GetString()![..12]);

        (code, json) = await SampleService.RunAsync("drift", "--models", service.Models, "--store", service.Connection, "--json");
        code.ShouldBe(0, json);
        JsonElement drift = JsonDocument.Parse(json).RootElement;
        html.ShouldContain($"The {Figure.Count(drift.GetProperty("inputs").GetProperty("leads").GetInt32())} leads of ");
        foreach (JsonElement input in drift.GetProperty("inputs").GetProperty("inputs").EnumerateArray().Take(12))
        {
            html.ShouldContain($"{Figure.Name(input.GetProperty("name").GetString()!)}</th><td class=\"num\">{Figure.Decimals(input.GetProperty("stabilityIndex").GetDouble(), 2)}</td>");
        }

        foreach (JsonElement month in drift.GetProperty("promises").EnumerateArray().TakeLast(24))
        {
            html.ShouldContain($"{month.GetProperty("month").GetString()}</th><td class=\"num\">{Figure.Count(month.GetProperty("leads").GetInt32())}</td><td class=\"num\">{Figure.Percent(month.GetProperty("promised").GetDouble())}</td>");
        }
    }

    [Fact]
    public async Task Lead_ThePageAndTheApi_TellTheSame()
    {
        string asOf = Uri.EscapeDataString((await service.Store.SummarizeAsync()).LastRecordedAt!.Value.AddMicroseconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        JsonElement calls = await Client.GetFromJsonAsync<JsonElement>(service.Host.Address + "/v1/leads?limit=40");
        string list = await ReadAsync("/calls");
        foreach (JsonElement row in calls.GetProperty("leads").EnumerateArray())
        {
            string id = row.GetProperty("leadId").GetString()!;
            JsonElement score = await Client.GetFromJsonAsync<JsonElement>($"{service.Host.Address}/v1/leads/{id}/score?asOf={asOf}");
            JsonElement close = score.GetProperty("probabilities").GetProperty("close");
            close.GetProperty("value").GetDouble().ShouldBe(row.GetProperty("probability").GetProperty("value").GetDouble(), id);

            string listed = list[list.IndexOf($"id={id}\"", StringComparison.Ordinal)..];
            listed.Split("chance-figure\">")[1].ShouldStartWith($"{Figure.Percent(close.GetProperty("value").GetDouble())}</span>");
        }

        string lead = calls.GetProperty("leads")[0].GetProperty("leadId").GetString()!;
        JsonElement told = await Client.GetFromJsonAsync<JsonElement>($"{service.Host.Address}/v1/leads/{lead}/score?asOf={asOf}");
        string page = await ReadAsync("/lead?id=" + lead);
        page.ShouldContain($"<dd>{Figure.Percent(told.GetProperty("probabilities").GetProperty("close").GetProperty("value").GetDouble())} ");
        page.ShouldContain($"score {told.GetProperty("score").GetInt32()} of 100");
        page.ShouldContain($"{Figure.Count(told.GetProperty("scorecard").GetProperty("points").GetDouble())} points");
        foreach (JsonElement item in told.GetProperty("scorecard").GetProperty("items").EnumerateArray())
        {
            page.ShouldContain($"{item.GetProperty("rule").GetString()}</th><td class=\"num\">{Figure.Signed(item.GetProperty("points").GetDouble())}</td><td>{item.GetProperty("because").GetString()}</td>");
        }

        foreach (JsonElement reason in told.GetProperty("reasons").EnumerateArray())
        {
            page.ShouldContain(reason.GetProperty("text").GetString()! + "</th>");
        }
    }

    [Fact]
    public async Task Funnel_WhileItIsMadeAnew_HasAllThatItHadBefore()
    {
        for (int i = 0; i < 3; i++)
        {
            (await ReadAsync("/funnel")).ShouldContain("By score band at the start");
            service.Host.Invalidate();
        }
    }

    [Fact]
    public void Capture_EveryStep_IsTheBruteForceCount()
    {
        CaptureReport capture = CompareView.Of(new ModelRepository(service.Models).Load("leads", 1), "close", null)!.Report.Capture!;
        capture.Called.Length.ShouldBe(251);
        double[] amounts = [.. service.Rows.Amounts!.Select(amount => double.IsNaN(amount) ? 0 : amount)];
        double[] one = [.. service.Rows.Labels.Select(label => (double)label)];
        for (int step = 0; step < capture.Called.Length; step++)
        {
            int called = capture.Called[step];
            capture.Model[step].ShouldBe(Caught(service.Rows.ModelProbabilities, called, one), 1e-6);
            capture.Rules[step].ShouldBe(Caught(service.Rows.ScorecardPoints, called, one), 1e-6);
            capture.ModelRevenue![step].ShouldBe(Caught(service.Rows.ModelProbabilities, called, amounts), 1e-3);
            capture.RulesRevenue![step].ShouldBe(Caught(service.Rows.ScorecardPoints, called, amounts), 1e-3);
        }
    }

    [BrowserFact]
    public async Task Slider_AtEveryThirdStep_SaysTheBruteForceCount()
    {
        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync(service.Host.Address + "/");
        ILocator slider = window.Page.Locator(".slider");
        double[] one = [.. service.Rows.Labels.Select(label => (double)label)];
        for (int step = 0; step <= 250; step += 31)
        {
            await slider.EvaluateAsync($"slider => {{ slider.value = {step}; slider.dispatchEvent(new Event('input')); }}");
            int called = (int)((long)step * service.Rows.Labels.Length / 250);
            string answer = await window.Page.Locator("#capacity-answer").InnerTextAsync();
            Match found = Answer().Match(answer);
            found.Success.ShouldBeTrue(answer);
            Number(found.Groups[1].Value).ShouldBe(Math.Round(Caught(service.Rows.ModelProbabilities, called, one), 1), 0.051, answer);
            Number(found.Groups[2].Value).ShouldBe(Math.Round(Caught(service.Rows.ScorecardPoints, called, one), 1), 0.051, answer);
        }

        window.Faults.ShouldBeEmpty();
    }

    /// <summary>50 leads a week came in, in 250 steps of a fifth of a lead: the nearest step is told of, under the figure that was asked for where the two are near.</summary>
    [BrowserFact]
    public async Task Capacity_ByFormWithoutScript_SaysWhatTheSliderSays()
    {
        await using Window plain = await browser.OpenAsync(script: false);
        await plain.Page.GotoAsync(service.Host.Address + "/");
        await using Window scripted = await browser.OpenAsync();
        await scripted.Page.GotoAsync(service.Host.Address + "/");
        foreach ((string asked, string told) in new[] { ("15", "15"), ("30.1", "30.1"), ("1.07", "1"), ("30,1", "30.1") })
        {
            foreach (IPage page in new[] { plain.Page, scripted.Page })
            {
                await page.FillAsync("#capacity", "");
                await page.Locator("#capacity").PressSequentiallyAsync(asked);
            }

            await plain.Page.ClickAsync(".capacity button");
            string answer = await plain.Page.Locator("#capacity-answer").InnerTextAsync();
            answer.ShouldBe(await scripted.Page.Locator("#capacity-answer").InnerTextAsync(), asked);
            answer.ShouldStartWith($"Calling {told} leads a week for 12 weeks:", customMessage: asked);
        }
    }

    [Fact]
    public async Task Capacity_WhereNobodySaysOne_IsAWholeNumberNearAFifthAndSaysSo()
    {
        string html = await ReadAsync("/");
        html.ShouldContain("value=\"10\"");
        html.ShouldContain("10 leads a week is about a fifth of the 50 judged: say what your team can call.");
        html.ShouldContain("Calling 10 leads a week for 12 weeks:");
    }

    /// <summary>From the top of the list; of leads with equal scores at the edge each has the same chance.</summary>
    private static double Caught(double[] scores, int called, double[] worth)
    {
        double caught = 0;
        foreach (IGrouping<double, int> tied in Enumerable.Range(0, scores.Length).GroupBy(row => scores[row]).OrderByDescending(group => group.Key))
        {
            double share = Math.Clamp(called / (double)tied.Count(), 0, 1);
            caught += share * tied.Sum(row => worth[row]);
            called -= Math.Min(called, tied.Count());
        }

        return caught;
    }

    /// <summary>The page, without the marks that keep what somebody typed from turning the words beside it around.</summary>
    private async Task<string> ReadAsync(string path) => System.Net.WebUtility.HtmlDecode(await Client.GetStringAsync(service.Host.Address + path))
        .Replace("<bdi>", "", StringComparison.Ordinal).Replace("</bdi>", "", StringComparison.Ordinal);

    private static double Value(JsonElement report, string who, string figure) => report.GetProperty(who).GetProperty(figure).GetProperty("value").GetDouble();

    private static string Row(string html, string first, string after)
    {
        int from = html.IndexOf(">" + first + "</th>", html.IndexOf(after, html.IndexOf("<h2>MQL", StringComparison.Ordinal), StringComparison.Ordinal), StringComparison.Ordinal);
        from.ShouldBeGreaterThan(0, first);
        return html[from..html.IndexOf("</tr>", from, StringComparison.Ordinal)];
    }

    private static string Text(JsonElement element) => JsonSerializer.Serialize(element);

    private static double Number(string text) => double.Parse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex("<dd>([0-9.,]+) <small>")]
    private static partial Regex Tile();

    [GeneratedRegex(@"model ([0-9.,]+) wins, rules ([0-9.,]+)\.")]
    private static partial Regex Answer();
}
