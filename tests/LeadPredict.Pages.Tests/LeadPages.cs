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
        LeadBuilder lively = new LeadBuilder("lively", 1).Enters(Stage.MarketingQualified, 2);
        for (int touch = 0; touch < 24; touch++)
        {
            lively.Touched("page_view", 3 + touch);
        }

        await Store.AppendAsync(HistoryBatch.Of(
            lively.BuildAlone(),
            new LeadBuilder("objects", 1).Has("profilingObjection", true).Enters(Stage.MarketingQualified, 2).Touched("demo_request", 3).BuildAlone(),
            new LeadBuilder("gone", 1).Enters(Stage.MarketingQualified, 2).Enters(Stage.Disqualified, 3).BuildAlone(),
            new LeadBuilder("lost", 1).Enters(Stage.MarketingQualified, 2).Enters(Stage.Lost, 3).BuildAlone(),
            new LeadBuilder("won", 1).Enters(Stage.MarketingQualified, 2).Enters(Stage.Won, 3).BuildAlone(),
            new LeadBuilder("hasty", 2).Enters(Stage.MarketingQualified, 2).Enters(Stage.SalesAccepted, 2).Enters(Stage.SalesQualified, 2).Touched("demo_request", 2).BuildAlone(),
            new LeadBuilder("planned", 1).Enters(Stage.MarketingQualified, 2).Touched("meeting", 50_000).Touched("page_view", 4, 50_000).BuildAlone()));
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
    public async Task Events_OfOneInstant_StandNewestFirstLikeAllOthers()
    {
        string page = await _host.ReadAsync("/lead?id=hasty");
        int[] places = [.. new[] { "became SQL", "became SAL", "became MQL", "demo request", "came in" }.Select(text => page.IndexOf($">{text}<", page.IndexOf("class=\"timeline\"", StringComparison.Ordinal), StringComparison.Ordinal))];
        places.ShouldAllBe(place => place > 0);
        places.ShouldBeInOrder();
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

    [Fact]
    public async Task Lead_WhoObjects_IsShownWithoutAnythingOfAScore()
    {
        string page = await _host.ReadAsync("/lead?id=objects");
        page.ShouldContain("the person objects to being profiled");
        page.ShouldContain("What happened");
        foreach (string untrue in new[] { "Model’s grade", "The lead is decided", "No single touch", "Too little has happened", "Why this score", "class=\"tiles\"" })
        {
            page.ShouldNotContain(untrue);
        }
    }

    [Fact]
    public async Task Numbers_BehindTheLine_AreOfEveryPoint()
    {
        string page = await _host.ReadAsync("/lead?id=lively");
        string numbers = page[page.IndexOf("The numbers behind this chart", StringComparison.Ordinal)..page.IndexOf("</figure>", StringComparison.Ordinal)];
        int points = page[page.IndexOf("points=\"", StringComparison.Ordinal)..page.IndexOf("</polyline>", StringComparison.Ordinal)].Split(',').Length - 1;
        points.ShouldBe(25);
        numbers.Split("<th scope=\"row\">").Length.ShouldBe(points + 1);
    }

    [Theory]
    [InlineData("gone", "there is nothing to predict unless it is reopened.")]
    [InlineData("lost", "there is nothing to predict unless it is recycled or reopened.")]
    public async Task Lead_ThatIsOut_IsToldWhatCanHappenFromThere(string lead, string told) => (await _host.ReadAsync("/lead?id=" + lead)).ShouldContain(told);

    [Fact]
    public async Task Lead_ThatIsWon_HasNoFormWithNothingToChoose()
    {
        (await _host.ReadAsync("/lead?id=won")).ShouldNotContain("/lead/decide");
        (await _host.ReadAsync("/lead?id=gone")).ShouldContain("/lead/decide");
    }

    [Fact]
    public async Task Touch_ThatIsPlanned_IsToldForPeople()
    {
        string page = await _host.ReadAsync("/lead?id=planned");
        page.ShouldContain($"2 touches lie ahead or were recorded later and are not counted: meeting on {Day.At(50_000):yyyy-MM-dd}.");
        page.ShouldNotContain("asOf");
    }
}
