using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;
using static LeadPredict.Pages.Tests.DecisionForms;

namespace LeadPredict.Pages.Tests;

/// <summary>Amounts that people type with a decision: each is recorded as it was meant, or refused.</summary>
[Collection(OwnTests.Name)]
public sealed class DecisionAmounts(Browser browser) : SmallStore
{
    private protected override Task FillAsync() => Store.AppendAsync(HistoryBatch.Of(
        [new LeadBuilder("mql", 1).Has("jobTitle", "VP " + new string('W', 250)).Enters(Stage.MarketingQualified, 3).BuildAlone(),
        .. Enumerable.Range(1, 5).Select(deal => new LeadBuilder($"deal {deal}", 1).Enters(Stage.SalesQualified, 3).Enters(Stage.Opportunity, 4).BuildAlone())]));

    [BrowserFact]
    public async Task Amount_TypedAsGermansWriteIt_IsRefusedAndKept()
    {
        await using PageHost host = await StartAsync();
        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync(host.Address + "/lead?id=deal%201");
        foreach ((string typed, string told) in new[]
        {
            ("12.500,00", "amount: found no number; expected digits with a point, for example 12000.50"),
            ("12500,50", "amount: found no number; expected digits with a point, for example 12000.50"),
            ("12.500", "amount: found 12.500, which may be meant as 12500; expected 12500 or 12.50"),
        })
        {
            await window.Page.SelectOptionAsync("select[name=decision]", "won:");
            await window.Page.FillAsync("input[name=amount]", "");
            await window.Page.Locator("input[name=amount]").PressSequentiallyAsync(typed);
            await window.Page.FillAsync("input[name=currency]", "eur");

            await window.Page.ClickAsync("text=Record");

            (await window.Page.Locator(".notice.fault").InnerTextAsync()).ShouldContain(told);
            (await window.Page.InputValueAsync("input[name=amount]")).ShouldBe(typed);
        }

        (await LeadAsync("deal 1")).Outcomes.ShouldBeEmpty();
        await window.Page.FillAsync("input[name=amount]", "12500.50");
        await window.Page.ClickAsync("text=Record");
        (await window.Page.Locator(".notice.done").InnerTextAsync()).ShouldContain("deal 1: Opportunity to Won, 12,500.50 EUR, under definitions version");
        (await window.Page.Locator(".timeline .outcome").InnerTextAsync()).ShouldContain("12,500.50 EUR");
    }

    [Fact]
    public async Task Amount_ThatIsPlain_IsRecordedAndTold()
    {
        await using PageHost host = await StartAsync();
        (string Typed, string Told)[] amounts = [("12500", "12,500 EUR"), ("12.5", "12.50 EUR"), ("0.125", "0.125 EUR"), ("12500.125", "12,500.125 EUR")];
        for (int i = 0; i < amounts.Length; i++)
        {
            string lead = $"deal {i + 1}";
            Dictionary<string, string> form = await FormAsync(host, lead, "won:");
            (form["amount"], form["currency"]) = (amounts[i].Typed, " eur ");

            (int status, string page) = await SendAsync(host, form);

            status.ShouldBe(200, page);
            page.ShouldContain($"Opportunity to Won, {amounts[i].Told}, under definitions version");
            (await LeadAsync(lead)).Outcomes.ShouldHaveSingleItem().Currency.ShouldBe("EUR");
        }
    }

    [Fact]
    public async Task Amount_OfADecisionThatEndsNoDeal_IsRefused()
    {
        await using PageHost host = await StartAsync();
        foreach ((string amount, string currency) in new[] { ("500", ""), ("", "EUR") })
        {
            Dictionary<string, string> form = await FormAsync(host, "mql", "accept:fits_profile");
            (form["amount"], form["currency"]) = (amount, currency);

            (int status, string page) = await SendAsync(host, form);

            status.ShouldBe(400);
            page.ShouldContain("amount: found an amount to accept; expected none: only won and lost deals have one");
        }

        (await LeadAsync("mql")).Transitions[^1].To.ShouldBe(Stage.MarketingQualified);
    }

    [Fact]
    public async Task CallList_WhereALeadCanBeWon_AsksForTheAmount()
    {
        await using PageHost host = await StartAsync();
        string list = await host.ReadAsync("/calls");
        list.ShouldContain("name=\"amount\" inputmode=\"decimal\"");
        list.ShouldContain("name=\"currency\"");
    }

    [Fact]
    public async Task Note_OnALeadThatWasWonMeanwhile_IsShownWithWhatTheLeadIsNow()
    {
        await using PageHost host = await StartAsync();
        Dictionary<string, string> first = await FormAsync(host, "deal 5", "won:");
        Dictionary<string, string> second = await FormAsync(host, "deal 5", "lost:price");
        second["note"] = "too dear for <them>";
        (await SendAsync(host, first)).Status.ShouldBe(200);

        (int status, string page) = await SendAsync(host, second);

        status.ShouldBe(409);
        page.ShouldContain("another decision about this lead, taken in between: it is Won now.");
        page.ShouldContain("too dear for <them>");
        page.ShouldNotContain("/lead/decide");
    }

    [BrowserFact]
    public async Task Lead_WithALongWordInACriterion_IsNotWiderThanAPhone()
    {
        await using PageHost host = await StartAsync();
        await using Window window = await browser.OpenAsync(width: 390);
        await window.Page.GotoAsync(host.Address + "/lead?id=mql");
        (await window.Page.Locator(".examples").First.InnerTextAsync()).ShouldContain("WWWW");
        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
    }

    private Task<PageHost> StartAsync() => PageHost.StartAsync(new() { Models = Folder["models"], Store = Store });

    private async Task<LeadHistory> LeadAsync(string lead) => (await Store.FindAccountOfLeadAsync(lead))!.Leads[0];
}
