using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LeadPredict.Pages.Tests;

/// <summary>What holds for every page, whatever history it shows.</summary>
internal static class PageChecks
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") };

    // All that differs in the dark.
    private static readonly AxeRunOptions Contrast = new() { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") };

    // The smallest phone has the phone's layout, which only has to fit.
    private const int Desk = 1440, Phone = 360, Smallest = 320;

    public static async Task ShouldBeFaultlessAsync(Browser browser, string address)
    {
        await using Window window = await browser.OpenAsync();
        foreach (int width in new[] { Desk, Phone })
        {
            await ShouldFitAsync(window.Page, address, width);
            (await window.Page.Locator("h1").CountAsync()).ShouldBe(1);
            await ShouldBeAccessibleAsync(window.Page, Wcag, $"in the light at {width}");

            await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            (await window.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches")).ShouldBeTrue();
            await ShouldBeAccessibleAsync(window.Page, Contrast, $"in the dark at {width}");
            await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }

        await ShouldFitAsync(window.Page, address, Smallest);
        window.Faults.ShouldBeEmpty();
    }

    /// <summary>What another history may change on a page: its width, and its marks. Its colours are those of every history.</summary>
    public static async Task ShouldHoldItsTextsAsync(Browser browser, string address)
    {
        await using Window window = await browser.OpenAsync();
        await ShouldFitAsync(window.Page, address, Phone);
        await ShouldFitAsync(window.Page, address, Smallest);
        await ShouldFitAsync(window.Page, address, Desk);
        await ShouldBeAccessibleAsync(window.Page, Wcag, "in the light");
        window.Faults.ShouldBeEmpty();
    }

    private static async Task ShouldFitAsync(IPage page, string address, int width)
    {
        await page.SetViewportSizeAsync(width, page.ViewportSize!.Height);
        await page.GotoAsync(address);
        (await page.EvaluateAsync<int>("innerWidth")).ShouldBe(width);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, "the page is wider than the window");
    }

    private static async Task ShouldBeAccessibleAsync(IPage page, AxeRunOptions rules, string when)
    {
#pragma warning disable CS0618 // The newer way opens a tab each time for the sake of frames, which no page here has; that takes twice as long.
        AxeResult result = await page.Locator("html").RunAxeLegacy(rules);
#pragma warning restore CS0618
        result.Passes.Select(rule => rule.Id).ShouldContain(rules == Wcag ? "landmark-one-main" : "color-contrast");
        result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty(when);
    }
}

[Collection(SampleTests.Name)]
public sealed class EveryPage(SampleService service, Browser browser)
{
    private static readonly string[] Plain = ["/", "/calls", "/lead?id=L0000067", "/funnel", "/models", "/scorecard", "/sign-in"];
    private static readonly string[] Paths = [.. Plain, "/?question=close&capacity=12", "/calls?capacity=3&grade=A"];

    public static TheoryData<string> Cases => [.. Plain];

    [BrowserTheory]
    [MemberData(nameof(Cases))]
    public Task Page_InChromium_IsWithoutFaultAndAccessible(string path) => PageChecks.ShouldBeFaultlessAsync(browser, service.Host.Address + path);

    [BrowserFact]
    public async Task Page_WithKeyboardAlone_ReachesItsContent()
    {
        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync(service.Host.Address + "/calls");
        await window.Page.Keyboard.PressAsync("Tab");
        (await window.Page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldContain("Skip");
        await window.Page.Keyboard.PressAsync("Enter");
        window.Page.Url.ShouldEndWith("#main");
    }

    [BrowserFact]
    public async Task CallList_BetweenPhoneAndDesk_FitsTheWindow()
    {
        await using Window window = await browser.OpenAsync();
        foreach (int width in new[] { 642, 660, 700, 760, 800, 900 })
        {
            await window.Page.SetViewportSizeAsync(width, window.Page.ViewportSize!.Height);
            await window.Page.GotoAsync(service.Host.Address + "/calls");
            (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        }
    }

    [BrowserFact]
    public async Task Filter_ChangedByKeyboard_WaitsForTheButton()
    {
        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync(service.Host.Address + "/calls");
        await window.Page.EvaluateAsync("document.querySelector('.filters').addEventListener('submit', event => { event.preventDefault(); window.sent = true; })");
        await window.Page.FocusAsync("#f-source");
        await window.Page.Keyboard.PressAsync("ArrowDown");

        (await window.Page.InputValueAsync("#f-source")).ShouldNotBe("");
        (await window.Page.EvaluateAsync<bool>("window.sent === true")).ShouldBeFalse();
        await window.Page.Locator(".filters button").PressAsync("Enter");
        (await window.Page.EvaluateAsync<bool>("window.sent === true")).ShouldBeTrue();
    }

    [BrowserTheory]
    [InlineData("/", ".bands")]
    [InlineData("/models", "[aria-label='Promised and happened, table']")]
    [InlineData("/scorecard", ".scroll")]
    public async Task Intervals_OfBars_AreInFiguresOnAPhoneToo(string path, string table)
    {
        await using Window window = await browser.OpenAsync(360);
        await window.Page.GotoAsync(service.Host.Address + path);
        foreach (string row in await window.Page.Locator($"{table} tbody tr:has(.whisker)").AllInnerTextsAsync())
        {
            row.ShouldMatch("[0-9.]+\u00a0% to [0-9.]+\u00a0%");
        }

        (await window.Page.Locator($"{table} tbody tr:has(.whisker)").CountAsync()).ShouldBeGreaterThan(0);
        (await window.Page.Locator($"{table} td:has-text('% to')").First.IsVisibleAsync()).ShouldBeTrue();
    }

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whisker_OverItsBar_IsToldFromIt(bool dark)
    {
        await using Window window = await browser.OpenAsync(dark: dark);
        foreach (string path in new[] { "/", "/funnel", "/scorecard" })
        {
            await window.Page.GotoAsync(service.Host.Address + path);
            string[][] bars = await window.Page.EvaluateAsync<string[][]>(
                "[...document.querySelectorAll('.bar:has(.whisker)')].map(bar => [getComputedStyle(bar.querySelector('.fill')).fill, ...['.halo', '.whisker'].map(part => getComputedStyle(bar.querySelector(part)).stroke)])");
            bars.ShouldNotBeEmpty();
            bars.ShouldAllBe(colours => Contrast(colours[0], colours[1]) >= 3 && Contrast(colours[1], colours[2]) >= 3);
        }
    }

    /// <summary>The contrast of two colours as WCAG 2.2 reckons it.</summary>
    private static double Contrast(string one, string other)
    {
        double a = Luminance(one);
        double b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] parts = [.. colour[4..^1].Split(',').Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture) / 255)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [BrowserFact]
    public async Task Pages_Printed_FitThePaper()
    {
        // A4 at 96 dots an inch, without margins of a centimetre.
        const int Paper = 718;
        await using Window window = await browser.OpenAsync(Paper, dark: true);
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (string path in Paths)
        {
            await window.Page.GotoAsync(service.Host.Address + path);
            (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(Paper, path);
            (await window.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)", path);
        }
    }

    [BrowserFact]
    public async Task Lead_ThatIsNotThere_IsToldOnAPage()
    {
        await using Window window = await browser.OpenAsync();
        IResponse? answer = await window.Page.GotoAsync(service.Host.Address + "/lead?id=nobody");

        answer!.Status.ShouldBe(404);
        (await window.Page.Locator("main").InnerTextAsync()).ShouldContain("The store has no such lead.");
        (await window.Page.Locator("nav a").CountAsync()).ShouldBe(5);
    }

    [BrowserFact]
    public async Task Path_ThatLeadsNowhere_IsToldOnAPage()
    {
        await using Window window = await browser.OpenAsync();
        foreach ((string path, int status, string text) in new[] { ("/cals", 404, "There is nothing at this path"), ("/v1/score", 405, "does not take this method") })
        {
            IResponse? answer = await window.Page.GotoAsync(service.Host.Address + path);

            answer!.Status.ShouldBe(status);
            (await window.Page.Locator("main").InnerTextAsync()).ShouldContain(text);
            (await window.Page.Locator("nav a").CountAsync()).ShouldBe(5);
        }
    }

    [BrowserFact]
    public async Task SignIn_ForABrowserThatKeepsKeys_HasANameToKeepThemUnder()
    {
        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync(service.Host.Address + "/sign-in");
        ILocator name = window.Page.Locator("form:has(input[type=password]) input[autocomplete=username]");

        (await name.CountAsync()).ShouldBe(1);
        (await name.IsHiddenAsync()).ShouldBeTrue();
    }

    [BrowserFact]
    public async Task Pages_WithoutScript_ShowTheSame()
    {
        await using Window with = await browser.OpenAsync();
        await using Window without = await browser.OpenAsync(script: false);
        foreach (string path in Paths)
        {
            await with.Page.GotoAsync(service.Host.Address + path);
            await without.Page.GotoAsync(service.Host.Address + path);
            (await without.Page.Locator("main").InnerTextAsync()).ShouldBe(await with.Page.Locator("main").InnerTextAsync(), path);
        }
    }
}
