using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Changes;
using LeadPredict.Scoring.Engines;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Changes;

public sealed class ScoreChanges : IDisposable
{
    private readonly PublishedModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Lead_ThatDidNothing_IsMovedByTimeAlone()
    {
        ScoreChange change = Explain(await _models.SmallAsync(), Mql().Touched("demo_request", 5).BuildAlone(), 30, 120);
        ChangePart time = change.Parts.Single(part => part.Difference != 0);
        time.Cause.ShouldBe(ChangeCause.Time);
        time.Difference.ShouldBe(-0.8 * 0.7, 1e-9, "one demo request fell out of the 90 days");
        ChangeContribution demo = time.Contributions.ShouldHaveSingleItem();
        (demo.Feature, demo.Before, demo.After).ShouldBe(("demo_request_90d", (object?)1f, (object?)0f));
        demo.Text.ShouldBe("no demo requests in 90 days (before: 1 demo request in 90 days)");
        change.Facts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lead_ThatAskedForADemo_IsMovedByItselfAndTheFactsAreNamed()
    {
        AccountHistory account = Mql().Touched("demo_request", 5).Touched("demo_request", 35).Touched("demo_request", 20, recorded: 40)
            .Has("employees", 500, at: 50).Has("employees", 700, at: 90).BuildAlone();
        ScoreChange change = Explain(await _models.SmallAsync(), account, 30, 60);
        ChangePart lead = change.Parts.Single(part => part.Difference != 0);
        lead.Cause.ShouldBe(ChangeCause.Lead);
        lead.Contributions.Select(line => line.Feature).ShouldBe(["demo_request_90d", "employees"]);
        change.Facts.Select(fact => (fact.Kind, fact.What, fact.Count, fact.Late)).ShouldBe([("attribute", "employees", 1, 0), ("touch", "demo_request", 2, 1)]);
        change.After.Probability.ShouldBeGreaterThan(change.Before.Probability);
    }

    [Fact]
    public async Task Lead_ThatWasNotInTheFunnelYet_IsSaidToBeTakenAsOneThatCameJustThen()
    {
        AccountHistory account = new LeadBuilder().From("event").Has("employees", 50).Enters(Stage.MarketingQualified, 40).BuildAlone();
        Explain(await _models.SmallAsync(), account, 30, 60).Notes.ShouldHaveSingleItem().ShouldBe("At the earlier instant the lead was not yet MarketingQualified: it is taken as one that has just come there.");
        Explain(await _models.SmallAsync(), account, 30, 35).Notes.Count.ShouldBe(2);
        Explain(await _models.SmallAsync(), account, 50, 60).Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Models_ComparedAtOneInstant_DifferByTheirBaseAlone()
    {
        CompiledModel first = await _models.SmallAsync(intercept: -1);
        CompiledModel second = await _models.SmallAsync(intercept: -0.25);
        ScoreChange change = Explain(first, Mql().BuildAlone(), 30, 30, second);
        ChangePart model = change.Parts.Single(part => part.Difference != 0);
        (model.Cause, model.Difference).ShouldBe((ChangeCause.Model, 0.75));
        ChangeContribution line = model.Contributions.ShouldHaveSingleItem();
        line.Feature.ShouldBe(ChangeContribution.Base);
        line.Text.ShouldContain("small@2");
        (change.Before.Model.Version, change.After.Model.Version).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Colleague_ThatWasWon_HasAPartOfItsOwn()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(100, seed: 8)];
        CompiledModel model = await _models.RichAsync("rich", accounts, seed: 4);
        AccountHistory account = new HistoryBuilder()
            .With("lead-1", 0, lead => lead.Enters(Stage.MarketingQualified, 5))
            .With("lead-2", 0, lead => lead.Enters(Stage.MarketingQualified, 5).Enters(Stage.Won, 40).Touched("call", 41))
            .Build();
        ScoreChange change = new ScoreChangeExplainer(model).Explain(account, account.Leads[0], Day.At(30), Day.At(60));
        change.Parts[(int)ChangeCause.Lead].Contributions.ShouldBeEmpty();
        ChangePart colleagues = change.Parts[(int)ChangeCause.Colleagues];
        colleagues.Difference.ShouldNotBe(0);
        colleagues.Contributions.ShouldContain(line => line.Text == "1 colleague won (before: no colleagues won)");
    }

    [Fact]
    public async Task Lead_WhoseAccountWasToldInBetween_IsMovedByItself()
    {
        CompiledModel model = await _models.RichAsync("rich", [.. RandomHistories.Accounts(100, seed: 8)], seed: 4);
        AccountHistory built = new HistoryBuilder().With("lead-1", 0, lead => lead.Enters(Stage.MarketingQualified, 5)).With("lead-2", 0, lead => lead.Enters(Stage.Won, 5)).Build();
        LeadHistory own = built.Leads[0];
        var account = new AccountHistory(built.Account, [new(own.Lead with { AccountKnownAt = Day.At(40) }, transitions: own.Transitions), built.Leads[1]]);

        ScoreChange change = new ScoreChangeExplainer(model).Explain(account, account.Leads[0], Day.At(30), Day.At(60));

        change.Parts[(int)ChangeCause.Lead].Contributions.ShouldContain(line => line.Text == "1 colleague won (before: no colleagues won)");
        change.Parts[(int)ChangeCause.Time].Contributions.ShouldNotContain(line => line.Text.Contains("colleague"));
        change.Parts[(int)ChangeCause.Colleagues].Contributions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lead_ThatBecameSql_IsComparedByItsClose()
    {
        ScoreChange change = Explain(await _models.SmallAsync(), Mql().Enters(Stage.SalesQualified, 40).BuildAlone(), 30, 60);
        change.Link.ShouldBe(ModelLink.CloseGivenSql);
        change.Notes.ShouldHaveSingleItem().ShouldContain("P(close given SQL)");
        (change.Before.Stage, change.After.Stage).ShouldBe((Stage.MarketingQualified, Stage.SalesQualified));
    }

    [Fact]
    public async Task Lead_ThatIsLost_IsRefused()
    {
        CompiledModel model = await _models.SmallAsync();
        Should.Throw<ScoreChangeException>(() => Explain(model, Mql().Enters(Stage.Lost, 40).BuildAlone(), 30, 60)).Message.ShouldContain("Lost");
    }

    [Fact]
    public async Task Lead_WhoObjectsToBeingProfiled_IsRefusedForEarlierInstantsToo()
    {
        CompiledModel model = await _models.SmallAsync();
        Should.Throw<ScoreChangeException>(() => Explain(model, Mql().Has("profilingObjection", "yes", 70).BuildAlone(), 30, 60)).Message.ShouldContain("objects");
    }

    [Fact]
    public async Task Models_OfDifferentQuestions_AreRefused()
    {
        CompiledModel sql = await _models.SmallAsync(funnel: SmallModels.QualifyOnly);
        CompiledModel close = await _models.SmallAsync(funnel: SmallModels.CloseOnly);
        Should.Throw<ScoreChangeException>(() => Explain(sql, Mql().BuildAlone(), 30, 60, close)).Message.ShouldContain("in common");
    }

    [Fact]
    public async Task Models_ThatGiveOtherTimes_AreToldOf()
    {
        FunnelDefinition Within(int days) => FunnelDefinition.Create([Stage.MarketingQualified, Stage.SalesQualified, Stage.Won], TimeSpan.FromDays(days));
        CompiledModel first = await _models.SmallAsync(funnel: Within(60));
        CompiledModel second = await _models.SmallAsync(funnel: Within(30));
        Explain(first, Mql().BuildAlone(), 30, 60, second).Notes.ShouldHaveSingleItem().ShouldStartWith($"{first.Model} says what happens within 60 days and {second.Model} within 30:");
        Explain(first, Mql().BuildAlone(), 30, 60, await _models.SmallAsync(funnel: Within(60))).Notes.ShouldBeEmpty();
    }

    private static LeadBuilder Mql() => new LeadBuilder().From("organic_search").Has("employees", 250).Enters(Stage.MarketingQualified, 3);

    private static ScoreChange Explain(CompiledModel model, AccountHistory account, double from, double to, CompiledModel? against = null) =>
        new ScoreChangeExplainer(model, against).Explain(account, account.Leads[0], Day.At(from), Day.At(to));
}
