using System.Text.RegularExpressions;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Keys;
using LeadPredict.Testing;
using Microsoft.Playwright;
using static LeadPredict.Pages.Tests.DecisionForms;

namespace LeadPredict.Pages.Tests;

/// <summary>Decisions that a page sends: what is typed is not lost, what was decided is not decided again, and nobody decides what they have not seen.</summary>
[Collection(OwnTests.Name)]
public sealed partial class DecisionPages(Browser browser) : SmallStore
{
    private protected override Task FillAsync() => Store.AppendAsync(HistoryBatch.Of(
        new LeadBuilder("mql", 1).Enters(Stage.MarketingQualified, 3).BuildAlone(),
        new LeadBuilder("deal", 1).Enters(Stage.SalesQualified, 3).Enters(Stage.Opportunity, 4).BuildAlone()));

    [BrowserFact]
    public async Task Decision_SentAfterSigningOut_IsToldOnAPageAndRecordedAfterSigningIn()
    {
        string sales = await KeyAsync("sales", AccessScopes.Read | AccessScopes.Ingest);
        await using PageHost host = await StartAsync(keys: true);
        await using Window window = await browser.OpenAsync();
        await SignInAsync(window.Page, host, sales);
        await FillAsync(window.Page);
        IPage other = await window.Page.Context.NewPageAsync();
        await other.GotoAsync(host.Address + "/calls");
        await other.ClickAsync("text=Sign out");

        await window.Page.ClickAsync("text=Record");

        (await window.Page.Locator("main").InnerTextAsync()).ShouldContain("You are not signed in, or no longer");
        IPage signIn = await window.Page.Context.RunAndWaitForPageAsync(() => window.Page.ClickAsync("main a:has-text('sign in')"));
        await signIn.FillAsync("#key", sales);
        await signIn.ClickAsync("main button");
        await window.Page.ReloadAsync();
        (await window.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("mql: MQL to SAL");
        (await window.Page.Locator("main").InnerTextAsync()).ShouldContain("called twice");
    }

    [BrowserFact]
    public async Task Decision_WithTheTokenOfAnotherKey_IsDrawnAgainWithWhatWasTyped()
    {
        string ann = await KeyAsync("ann", AccessScopes.Read | AccessScopes.Ingest);
        string bob = await KeyAsync("bob", AccessScopes.Read | AccessScopes.Ingest);
        await using PageHost host = await StartAsync(keys: true);
        await using Window window = await browser.OpenAsync();
        await SignInAsync(window.Page, host, ann);
        await FillAsync(window.Page);
        await SignInAsync(await window.Page.Context.NewPageAsync(), host, bob);

        await window.Page.ClickAsync("text=Record");

        (await window.Page.Locator(".notice.fault").InnerTextAsync()).ShouldContain("another sign-in");
        (await window.Page.InputValueAsync("input[name=note]")).ShouldBe("called twice");
        await window.Page.ClickAsync("text=Record");
        (await window.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("mql: MQL to SAL");
        (await MovesAsync("mql"))[^1].Actor!.ShouldStartWith("bob (");
    }

    [BrowserFact]
    public async Task Decision_WithAKeyThatOnlyReads_IsToldOnAPage()
    {
        string sales = await KeyAsync("sales", AccessScopes.Read | AccessScopes.Ingest);
        string viewer = await KeyAsync("viewer", AccessScopes.Read);
        await using PageHost host = await StartAsync(keys: true);
        await using Window window = await browser.OpenAsync();
        await SignInAsync(window.Page, host, sales);
        await FillAsync(window.Page);
        await SignInAsync(await window.Page.Context.NewPageAsync(), host, viewer);

        await window.Page.ClickAsync("text=Record");

        (await window.Page.Locator("main").InnerTextAsync()).ShouldContain("The key lacks the scope ingest");
        (await window.Page.Locator("main a[href^='/sign-in']").CountAsync()).ShouldBe(1);
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decision_ThatIsRefused_KeepsWhatWasTyped(bool script)
    {
        await using PageHost host = await StartAsync();
        await using Window window = await browser.OpenAsync(script: script);
        await window.Page.GotoAsync(host.Address + "/lead?id=deal");
        await window.Page.SelectOptionAsync("select[name=decision]", "won:");
        await window.Page.FillAsync("input[name=note]", "signed on Friday");
        await window.Page.FillAsync("input[name=amount]", "12000.50");

        await window.Page.ClickAsync("text=Record");

        (await window.Page.Locator(".notice.fault").InnerTextAsync()).ShouldContain("Not done. currency: found nothing");
        (await window.Page.InputValueAsync("select[name=decision]")).ShouldBe("won:");
        (await window.Page.InputValueAsync("input[name=note]")).ShouldBe("signed on Friday");
        (await window.Page.InputValueAsync("input[name=amount]")).ShouldBe("12000.50");
        await window.Page.FillAsync("input[name=currency]", "EUR");
        await window.Page.ClickAsync("text=Record");
        (await window.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("deal: Opportunity to Won");
        window.Page.Url.ShouldEndWith("/lead?id=deal");
    }

    [Fact]
    public async Task Decision_SentTwice_IsDoneOnceAndSaysSoTwice()
    {
        await using PageHost host = await StartAsync();
        foreach (bool atOnce in new[] { false, true })
        {
            string lead = atOnce ? "deal" : "mql";
            Dictionary<string, string> form = await FormAsync(host, lead, atOnce ? "recycle:no_budget" : "accept:fits_profile");
            int before = (await MovesAsync(lead)).Count;
            Task<(int, string)> first = SendAsync(host, form);
            if (!atOnce)
            {
                await first;
            }

            foreach ((int status, string page) in await Task.WhenAll(first, SendAsync(host, form)))
            {
                status.ShouldBe(200, page);
                page.ShouldContain("<strong>Done.</strong>");
            }

            (await MovesAsync(lead)).Count.ShouldBe(before + 1);
        }
    }

    [Fact]
    public async Task Decision_OnAStateThatIsPast_IsRefusedAndShowsTheLeadAsItIs()
    {
        await using PageHost host = await StartAsync();
        Dictionary<string, string> ann = await FormAsync(host, "mql", "accept:fits_profile");
        Dictionary<string, string> bob = await FormAsync(host, "mql", "reject:no_budget");
        (await SendAsync(host, ann)).Page.ShouldContain("<strong>Done.</strong>");

        (int status, string page) = await SendAsync(host, bob);

        status.ShouldBe(409);
        page.ShouldContain("another decision about this lead, taken in between");
        page.ShouldContain("<strong>SAL</strong>");
        page.ShouldContain("value=\"reject:no_budget\" selected");
        (await MovesAsync("mql"))[^1].To.ShouldBe(Stage.SalesAccepted);
    }

    [Fact]
    public async Task Decision_OnTheCallList_BearsTheSameStateAsOnTheLeadsPage()
    {
        await using PageHost host = await StartAsync();
        string list = await host.ReadAsync("/calls");
        string lead = await host.ReadAsync("/lead?id=mql");
        StateField().Matches(list[list.IndexOf("value=\"mql\"", StringComparison.Ordinal)..])[0].Value.ShouldBe(StateField().Match(lead).Value);
    }

    [Fact]
    public async Task Note_ThatIsTooLong_IsNamed()
    {
        await using PageHost host = await StartAsync();
        Dictionary<string, string> form = await FormAsync(host, "mql", "accept:fits_profile");
        form["note"] = new string('n', 10_001);

        (int status, string page) = await SendAsync(host, form);

        status.ShouldBe(400);
        page.ShouldContain("note: found 10001 characters; expected at most 2000");
    }

    [Theory]
    [InlineData("-5", "amount: found -5; expected at least 0")]
    [InlineData("2000000000000000", "amount: found 2000000000000000; expected at most 1000000000000000")]
    [InlineData("five", "amount: found no number; expected digits")]
    public async Task Amount_ThatCannotBe_IsNamedForWhatItIs(string amount, string told)
    {
        await using PageHost host = await StartAsync();
        Dictionary<string, string> form = await FormAsync(host, "deal", "won:");
        (form["amount"], form["currency"]) = (amount, "EUR");

        (int status, string page) = await SendAsync(host, form);

        status.ShouldBe(400);
        page.ShouldContain(told);
    }

    private Task<PageHost> StartAsync(bool keys = false) =>
        PageHost.StartAsync(new() { Models = Folder["models"], Store = Store, Operations = keys ? Operations : null, RequireKeys = keys });

    private async Task<IReadOnlyList<StageTransition>> MovesAsync(string lead) => (await Store.FindAccountOfLeadAsync(lead))!.Leads[0].Transitions;

    private static async Task SignInAsync(IPage page, PageHost host, string key)
    {
        await page.GotoAsync(host.Address + "/sign-in?returnTo=/lead?id=mql");
        await page.FillAsync("#key", key);
        await page.ClickAsync("main button");
    }

    private static async Task FillAsync(IPage page)
    {
        await page.SelectOptionAsync("select[name=decision]", "accept:fits_profile");
        await page.FillAsync("input[name=note]", "called twice");
    }

    [GeneratedRegex("name=\"state\" value=\"[^\"]+\"")]
    private static partial Regex StateField();
}
