using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>The page of one lead.</summary>
public sealed class LeadPages : SmallStore
{
    private PageHost _host = null!;

    private protected override async Task FillAsync()
    {
        Account account = new() { Id = "a", Name = "Acme", CreatedAt = Day.At(0), RecordedAt = Day.At(0) };
        LeadBuilder busy = new LeadBuilder("busy@example.com", 1, account: "a").Enters(Stage.MarketingQualified, 2, actor: "ann");
        for (int touch = 0; touch < 300; touch++)
        {
            busy.Touched("page_view", 3 + (touch * 0.1));
        }

        IEnumerable<LeadHistory> colleagues = Enumerable.Range(0, 24).Select(i => new LeadBuilder($"colleague-{i:00}", 1, account: "a").Build());
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(account, [busy.Build(), .. colleagues])));
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("young", 60).Enters(Stage.MarketingQualified, 60.05).Touched("demo_request", 60.2).Touched("demo_request", 60.25).BuildAlone()));
        _host = await PageHost.StartAsync(new() { Models = Folder["models"], Store = Store });
    }

    public override async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Lead_WithMoreTouchesThanAreShown_ShowsEveryMoveAndSaysWhatIsLeftOut()
    {
        string page = await _host.ReadAsync("/lead?id=busy@example.com");
        page.ShouldContain("became MQL");
        page.ShouldContain("came in");
        page.ShouldContain("Of 300 touches the newest 200 are shown; 100 earlier ones are left out.");
        page.Split("class=\"touch\"").Length.ShouldBe(201);
    }

    [Fact]
    public async Task Lead_WithMoreColleaguesThanAreShown_SaysSo() =>
        (await _host.ReadAsync("/lead?id=busy@example.com")).ShouldContain("20 of 24 are shown; the others are left out.");

    [Fact]
    public async Task Title_OfALead_NamesTheCompanyAndNeverThePerson()
    {
        (await _host.ReadAsync("/lead?id=busy@example.com")).ShouldContain("<title>Lead of Acme · LeadPredict</title>");
        (await _host.ReadAsync("/lead?id=young")).ShouldContain("<title>Lead · LeadPredict</title>");
    }

    [Fact]
    public async Task Lead_HoursOld_HasALineInHoursAndSaysWhichChanceMoved()
    {
        string page = await _host.ReadAsync("/lead?id=young");
        page.ShouldContain(">hours since the lead was known</text>");
        page.ShouldContain("What moved the chance to become SQL from ");
    }
}
