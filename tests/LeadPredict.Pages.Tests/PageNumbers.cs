using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LeadPredict.Api.Pages.Shell;
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
        string html = await Client.GetStringAsync(service.Host.Address + "/funnel");

        code.ShouldBe(0, json);
        JsonElement console = JsonDocument.Parse(json).RootElement;
        foreach (string part in new[] { "links", "timeInStage", "revenue", "acceptance", "reasons", "sqls", "firstCalls" })
        {
            Text(api.GetProperty(part)).ShouldBe(Text(console.GetProperty(part)), part);
        }

        foreach (JsonElement cohort in api.GetProperty("links")[0].GetProperty("cohorts").EnumerateArray().TakeLast(18))
        {
            string row = Row(html, cohort.GetProperty("name").GetString()!, "MQL to SQL within");
            row.ShouldContain($">{Figure.Count(cohort.GetProperty("episodes").GetInt32())}</td>");
            row.ShouldContain(Figure.Percent(cohort.GetProperty("estimate").GetProperty("value").GetDouble()));
            row.Contains("immature", StringComparison.Ordinal).ShouldBe(!cohort.GetProperty("isMature").GetBoolean());
        }
    }

    [BrowserFact]
    public async Task Slider_AtEveryThirdStep_SaysTheBruteForceCount()
    {
        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync(service.Host.Address + "/");
        ILocator slider = window.Page.Locator(".slider");
        for (int step = 0; step <= 250; step += 31)
        {
            await slider.EvaluateAsync($"slider => {{ slider.value = {step}; slider.dispatchEvent(new Event('input')); }}");
            int called = (int)((long)step * service.Rows.Labels.Length / 250);
            string answer = await window.Page.Locator("#capacity-answer").InnerTextAsync();
            Match found = Answer().Match(answer);
            found.Success.ShouldBeTrue(answer);
            Number(found.Groups[1].Value).ShouldBe(Math.Round(Caught(service.Rows.ModelProbabilities, called), 1), 0.051, answer);
            Number(found.Groups[2].Value).ShouldBe(Math.Round(Caught(service.Rows.ScorecardPoints, called), 1), 0.051, answer);
        }

        window.Faults.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Capacity_ByFormWithoutScript_SaysWhatTheSliderSays()
    {
        await using Window plain = await browser.OpenAsync(script: false);
        await plain.Page.GotoAsync(service.Host.Address + "/");
        await plain.Page.FillAsync("#capacity", "15");
        await plain.Page.ClickAsync(".capacity button");
        await using Window scripted = await browser.OpenAsync();
        await scripted.Page.GotoAsync(service.Host.Address + "/");
        await scripted.Page.FillAsync("#capacity", "15");

        (await plain.Page.Locator("#capacity-answer").InnerTextAsync()).ShouldBe(await scripted.Page.Locator("#capacity-answer").InnerTextAsync());
    }

    /// <summary>From the top of the list; of leads with equal scores at the edge each has the same chance.</summary>
    private double Caught(double[] scores, int called)
    {
        double caught = 0;
        foreach (IGrouping<double, int> tied in Enumerable.Range(0, scores.Length).GroupBy(row => scores[row]).OrderByDescending(group => group.Key))
        {
            double share = Math.Clamp(called / (double)tied.Count(), 0, 1);
            caught += share * tied.Sum(row => service.Rows.Labels[row]);
            called -= Math.Min(called, tied.Count());
        }

        return caught;
    }

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
