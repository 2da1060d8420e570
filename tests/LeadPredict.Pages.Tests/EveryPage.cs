using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace LeadPredict.Pages.Tests;

[Collection(SampleTests.Name)]
public sealed class EveryPage(SampleService service, Browser browser)
{
    private static readonly string[] Paths = ["/", "/?question=close&capacity=12", "/calls", "/calls?capacity=3&grade=A", "/lead?id=L0000067", "/funnel", "/models", "/scorecard", "/sign-in"];

    public static TheoryData<string, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, bool>();
            foreach (string path in Paths)
            {
                cases.Add(path, 1440, false);
                cases.Add(path, 320, true);
            }

            return cases;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Cases))]
    public async Task Page_InChromium_IsWithoutFaultAndAccessible(string path, int width, bool dark)
    {
        await using Window window = await browser.OpenAsync(width, dark);
        await window.Page.GotoAsync(service.Host.Address + path);

        window.Faults.ShouldBeEmpty();
        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, "the page is wider than the window");
        (await window.Page.Locator("h1").CountAsync()).ShouldBe(1);

        // The same elements are on the page at every width; contrast differs by theme.
        AxeResult result = await window.Page.RunAxe(new AxeRunOptions { RunOnly = dark ? RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") : RunOnlyOptions.Rules("color-contrast") });
        result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty();
    }

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
    public async Task Pages_WithoutScript_ShowTheSame()
    {
        foreach (string path in Paths)
        {
            await using Window with = await browser.OpenAsync();
            await using Window without = await browser.OpenAsync(script: false);
            await with.Page.GotoAsync(service.Host.Address + path);
            await without.Page.GotoAsync(service.Host.Address + path);
            (await without.Page.Locator("main").InnerTextAsync()).ShouldBe(await with.Page.Locator("main").InnerTextAsync(), path);
        }
    }
}
