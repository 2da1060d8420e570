using System.Text.RegularExpressions;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>Texts that others typed stand as they are and turn nothing around them.</summary>
public sealed class ForeignTexts : SmallStore
{
    private const string Turned = "\u202eturned";
    private PageHost _host = null!;

    private protected override async Task FillAsync()
    {
        Account account = new() { Id = "a", Name = "Acme" + Turned, CreatedAt = Day.At(0), RecordedAt = Day.At(0) };
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(account, [
            new LeadBuilder("lead" + Turned, 1, account: "a").From("source" + Turned).Has("jobTitle", "مدير " + Turned).Has("note", "said" + Turned)
                .Touched("page_view", 3, null, ("page", "path" + Turned)).Enters(Stage.MarketingQualified, 4, actor: "ann" + Turned, reason: "why" + Turned).Build(),
            new LeadBuilder("other" + Turned, 1, account: "a").Build()])));
        _host = await PageHost.StartAsync(new() { Models = Folder["models"], Store = Store });
    }

    public override async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("/lead?id=lead%E2%80%AEturned", 9)]
    [InlineData("/calls", 4)]
    [InlineData("/calls?source=other%E2%80%AE", 1)]
    public async Task Text_ThatTurnsWritingAround_IsIsolatedWhereverItIsSeen(string path, int least)
    {
        string page = await _host.ReadAsync(path);
        string seen = Regex.Replace(page, "<bdi>[^<]*</bdi>", "");
        (Regex.Count(page, "<bdi>[^<]*\u202e[^<]*</bdi>") >= least || least == 1).ShouldBeTrue(page);
        Regex.Matches(seen, ">[^<]*\u202e[^<]*<").Select(match => match.Value).ShouldBeEmpty();
    }

    [Fact]
    public async Task Title_OfACompanyThatTurnsWritingAround_IsWithoutTheMarks() =>
        (await _host.ReadAsync("/lead?id=lead%E2%80%AEturned")).ShouldContain("<title>Lead of Acmeturned · LeadPredict</title>");

    [Theory]
    [InlineData("/calls?source=nope", "<option value=\"nope\" selected>nope</option>")]
    [InlineData("/calls?owner=x", "<option value=\"x\" selected>x</option>")]
    [InlineData("/calls?stage=Opportunity", "<option value=\"Opportunity\" selected>Opportunity</option>")]
    public async Task Filter_InForceThatIsNotOnTheList_IsSelected(string path, string option)
    {
        string page = await _host.ReadAsync(path);
        page.ShouldContain(option);
        page.ShouldContain("No lead passes these filters");
    }

    [Fact]
    public void File_OfTheCallList_SaysItsEncodingAndWhetherModelAndRulesAgree()
    {
        string csv = CallsCsv.Write([CallListPages.Row(3)], new() { AsOf = Day.At(300), IsPast = false });
        csv.ShouldStartWith("\uFEFFrank,leadId,");
        string[] lines = csv.Split("\r\n");
        int agreement = lines[0].Split(',').ToList().IndexOf("agreement");
        agreement.ShouldBeGreaterThan(0);
        lines[1].Split(',').ShouldContain("rulesHigher");
    }

    [Theory]
    [InlineData(0.0226, "0", "0")]
    [InlineData(-0.0226, "0", "0")]
    [InlineData(-6, "−6", "−6")]
    [InlineData(-1234.56, "−1,234.6", "−1,234.6")]
    [InlineData(0.96, "+1", "1")]
    public void Figure_OfANumber_HasTheSignOfWhatIsShown(double value, string signed, string count)
    {
        Figure.Signed(value).ShouldBe(signed);
        Figure.Count(value).ShouldBe(count);
    }

    [Fact]
    public async Task Summary_OfOneLead_IsInTheSingular() =>
        (await _host.ReadAsync("/calls?capacity=1")).ShouldContain("the first promises ");
}
