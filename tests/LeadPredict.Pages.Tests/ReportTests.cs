using LeadPredict.Funnel.Leads;

namespace LeadPredict.Pages.Tests;

[Collection(SampleTests.Name)]
public sealed class ReportTests(SampleService service, Browser browser)
{
    [BrowserFact]
    public async Task Report_OpenedFromDisk_AsksForNothingAndTellsOfNoLead()
    {
        string file = service.File("report.html");
        (int code, string text) = await SampleService.RunAsync("report", "--store", service.Connection, "--models", service.Models, "--out", file);
        code.ShouldBe(0, text);
        new FileInfo(file).Length.ShouldBeLessThan(1024 * 1024);

        await using Window window = await browser.OpenAsync();
        await window.Page.GotoAsync("file://" + file);
        window.Faults.ShouldBeEmpty();
        window.Requests.Where(request => !request.StartsWith("data:", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (await window.Page.Locator("svg.plot").CountAsync()).ShouldBeGreaterThanOrEqualTo(3);
        (await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.verdict')).borderLeftStyle")).ShouldBe("solid", "the style is let in by its hash");

        string html = await File.ReadAllTextAsync(file);
        await foreach (AccountHistory account in service.Store.ReadAccountsAsync())
        {
            foreach (LeadHistory lead in account.Leads)
            {
                html.ShouldNotContain(lead.Lead.Id);
                foreach (AttributeChange change in lead.Attributes.Where(change => change.Name is "email" or "phone" or "name" && change.Value.Text is { Length: > 4 }))
                {
                    html.ShouldNotContain(change.Value.Text!);
                }
            }
        }
    }
}
