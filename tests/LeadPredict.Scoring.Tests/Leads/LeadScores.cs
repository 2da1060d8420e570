using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Leads;

public sealed class LeadScores : IDisposable
{
    private readonly SmallModelScorer _scorer = new();

    public void Dispose() => _scorer.Dispose();

    [Fact]
    public async Task Score_OfAnMql_HasEveryPart()
    {
        LeadScore score = await _scorer.ScoreAsync(SmallModelScorer.Mql());

        score.LeadId.ShouldBe("lead-1");
        score.AsOf.ShouldBe(Day.At(30));
        score.Stage.ShouldBe(Stage.MarketingQualified);
        (score.Model.Name, score.Model.Version, score.Model.Hash.Length).ShouldBe(("small", 1, 64));
        SmallModelScorer.ShouldBeOrdered(score);
        score.Score!.Value.ShouldBeInRange(0, 100);
        score.Grade.ShouldBe(ScoreGrade.Of(score.Score.Value));
        ScorecardScore rules = score.Scorecard.ShouldNotBeNull();
        rules.Items.Sum(item => item.Points).ShouldBe(rules.Points);
        rules.Probability.ShouldNotBeNull().ShouldBeInRange(0, 1);
        score.Agreement.ShouldNotBe(Agreement.NotCompared);
        score.Next.Owner.ShouldNotBeEmpty();
        score.ReasonsOf.ShouldBe(ModelLink.Sql);
        score.Abstained.ShouldBeFalse();
        score.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reasons_OfALead_AddUpToTheRawScore()
    {
        LeadScore score = await _scorer.ScoreAsync(SmallModelScorer.Mql());
        (score.BaseValue!.Value + score.Reasons.Sum(reason => reason.Contribution)).ShouldBe(score.RawScore!.Value);
        score.Reasons.Select(reason => reason.Feature).ShouldContain("demo_request");
        score.Reasons.ShouldAllBe(reason => reason.Text.Length > 0);
        ScoreReason employees = score.Reasons.Single(reason => reason.Feature == "employees");
        employees.Value.ShouldBe(250f);
    }

    [Fact]
    public async Task Score_WithRowsAtOrAfterAsOf_IgnoresAndNamesThem()
    {
        LeadScore without = await _scorer.ScoreAsync(SmallModelScorer.Mql());
        LeadBuilder lead = SmallModelScorer.Mql().Touched("demo_request", 30).Touched("demo_request", 10, recorded: 31).Enters(Stage.SalesQualified, 40).Has("employees", 5, at: 35);
        LeadScore with = await _scorer.ScoreAsync(lead);

        with.Probabilities.ShouldBe(without.Probabilities);
        with.RawScore.ShouldBe(without.RawScore);
        with.Warnings.Count.ShouldBe(3);
        with.Warnings[0].ShouldBe("2 touches ignored, having happened or been recorded at or after asOf: lead-1/t4, lead-1/t3.");
        with.Warnings[1].ShouldContain("1 transition ignored");
        with.Warnings[2].ShouldContain("employees");
    }

    [Fact]
    public async Task Score_WithManyFutureTouches_NamesTwenty()
    {
        LeadBuilder lead = SmallModelScorer.Mql();
        for (int i = 0; i < 50; i++)
        {
            lead.Touched("page_view", 31 + i);
        }

        string warning = (await _scorer.ScoreAsync(lead)).Warnings.ShouldHaveSingleItem();
        warning.ShouldStartWith("50 touches ignored");
        warning.ShouldEndWith("and 30 more.");
    }

    [Fact]
    public async Task Score_OfAnSql_IsCertainOfSql()
    {
        foreach (Stage stage in new[] { Stage.SalesQualified, Stage.Opportunity })
        {
            LeadScore score = await _scorer.ScoreAsync(SmallModelScorer.Mql().Enters(stage, 25));
            score.Probabilities.Sql.ShouldBe(ProbabilityEstimate.Certain);
            score.Probabilities.Close.ShouldBe(score.Probabilities.CloseGivenSql);
            score.ReasonsOf.ShouldBe(ModelLink.CloseGivenSql);
            SmallModelScorer.ShouldBeOrdered(score);
        }
    }

    [Theory]
    [InlineData(Stage.Won, 1, 100, false)]
    [InlineData(Stage.Lost, 0, 0, true)]
    [InlineData(Stage.Disqualified, 0, 0, true)]
    public async Task Score_OfADecidedLead_SaysWhatHappened(Stage stage, double close, int points, bool abstained)
    {
        LeadScore score = await _scorer.ScoreAsync(SmallModelScorer.Mql().Enters(Stage.SalesQualified, 20).Enters(stage, 25));
        score.Probabilities.Close!.Value.Value.ShouldBe(close);
        score.Probabilities.Sql.ShouldBe(ProbabilityEstimate.Certain, "it was SQL once");
        score.Score.ShouldBe(points);
        score.Abstained.ShouldBe(abstained);
        score.RawScore.ShouldBeNull();
        score.Reasons.ShouldBeEmpty();
        score.Agreement.ShouldBe(Agreement.NotCompared);
        score.Warnings.ShouldHaveSingleItem().ShouldContain(stage.ToString());
    }

    [Fact]
    public async Task Score_OfALostMql_NeverBecameSql() =>
        (await _scorer.ScoreAsync(SmallModelScorer.Mql().Enters(Stage.Lost, 25))).Probabilities.Sql.ShouldBe(ProbabilityEstimate.Impossible);

    [Fact]
    public async Task Score_BeforeTheEntryOrRecycled_IsWarnedOf()
    {
        (await _scorer.ScoreAsync(new LeadBuilder().From("event"))).Warnings.ShouldHaveSingleItem().ShouldContain("not yet MarketingQualified");
        LeadScore recycled = await _scorer.ScoreAsync(SmallModelScorer.Mql().Enters(Stage.SalesQualified, 20).Enters(Stage.Recycled, 25));
        recycled.Warnings.ShouldHaveSingleItem().ShouldContain("Recycled");
        recycled.Probabilities.Sql!.Value.Value.ShouldBeLessThan(1);
        recycled.ReasonsOf.ShouldBe(ModelLink.Sql);
    }

    [Fact]
    public async Task Score_BeforeTheEntry_IsThatOfALeadThatHasJustEntered()
    {
        FeatureSchema schema = new(SchemaMode.History,
        [
            new() { Name = "stage", Kind = FeatureKind.Categorical, Group = "stage", Categories = ["other", "Lead", "MarketingQualified"], Source = new CurrentStage() },
            new() { Name = "employees", Kind = FeatureKind.Numeric, Group = "employees", Source = new AttributeNumber("employees") },
            new() { Name = "days_in_stage", Kind = FeatureKind.Numeric, Group = "days_in_stage", Source = new TimeInStage() },
        ]);
        ArtifactDraft draft = SmallModels.Draft() with { Schema = schema, Sql = SmallModels.Score(-1, schema: schema), CloseGivenSql = SmallModels.Score(-1.5, schema: schema) };
        static LeadBuilder Lead() => new LeadBuilder().From("event").Has("employees", 50);

        LeadScore before = await _scorer.ScoreAsync(Lead(), draft);
        LeadScore entered = await _scorer.ScoreAsync(Lead().Enters(Stage.MarketingQualified, 30 - (0.001 / 86_400)), draft);
        LeadScore earlier = await _scorer.ScoreAsync(Lead().Enters(Stage.MarketingQualified, 20), draft);

        before.Stage.ShouldBe(Stage.Lead);
        before.Probabilities.ShouldBe(entered.Probabilities);
        before.RawScore.ShouldBe(entered.RawScore);
        before.Probabilities.ShouldNotBe(earlier.Probabilities);
    }

    [Fact]
    public async Task Score_OfOneLinkFunnels_LeavesOutWhatTheyLack()
    {
        LeadScore close = await _scorer.ScoreAsync(SmallModelScorer.Mql(), SmallModels.Draft(funnel: SmallModels.CloseOnly));
        (close.Probabilities.Sql, close.Probabilities.CloseGivenSql).ShouldBe((null, null));
        close.Probabilities.Close.ShouldNotBeNull();
        close.ReasonsOf.ShouldBe(ModelLink.Close);
        close.Warnings.ShouldContain(warning => warning.Contains("does not say when leads became SQL"));

        LeadScore qualify = await _scorer.ScoreAsync(SmallModelScorer.Mql(), SmallModels.Draft(funnel: SmallModels.QualifyOnly));
        (qualify.Probabilities.CloseGivenSql, qualify.Probabilities.Close).ShouldBe((null, null));
        qualify.Probabilities.Sql.ShouldNotBeNull();
        qualify.Warnings.ShouldContain(warning => warning.Contains("does not say which deals were won"));
        (await _scorer.ScoreAsync(SmallModelScorer.Mql().Enters(Stage.SalesQualified, 20), SmallModels.Draft(funnel: SmallModels.QualifyOnly)))
            .Probabilities.Sql.ShouldBe(ProbabilityEstimate.Certain);
    }

    [Fact]
    public async Task Score_OfAFunnelFromSqlOn_SaysThatMqlIsNotDated()
    {
        FunnelDefinition fromSql = FunnelDefinition.Create([Stage.SalesQualified, Stage.Won]);
        LeadScore score = await _scorer.ScoreAsync(SmallModelScorer.Mql().Enters(Stage.SalesQualified, 20), SmallModels.Draft(funnel: fromSql));
        score.Warnings.ShouldContain(warning => warning.Contains("does not say when leads became MQL"));
        score.Warnings.ShouldNotContain(warning => warning.Contains("does not say when leads became SQL"));
    }

    [Fact]
    public async Task Score_WithoutScorecard_SaysSo()
    {
        LeadScore score = await _scorer.ScoreAsync(SmallModelScorer.Mql(), SmallModels.Draft());
        score.Scorecard.ShouldBeNull();
        score.Agreement.ShouldBe(Agreement.NotCompared);
        score.Warnings.ShouldHaveSingleItem().ShouldContain("without a scorecard");
    }

    [Fact]
    public async Task Score_BeforeTheLeadWasKnown_IsRefused()
    {
        LeadNotKnownException fault = await Should.ThrowAsync<LeadNotKnownException>(() => _scorer.ScoreAsync(new LeadBuilder(created: 30)));
        fault.KnownFrom.ShouldBe(Day.At(30));
    }

    [Fact]
    public async Task Agreement_ComparesTheRulesWithTheModelsInterval()
    {
        foreach ((double offset, Agreement expected) in new[] { (-50.0, Agreement.ModelHigher), (50.0, Agreement.RulesHigher) })
        {
            ArtifactDraft draft = SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml) with
            {
                ScorecardCloseCurve = new Learning.Calibration.SigmoidCurve(0.001, offset),
            };
            (await _scorer.ScoreAsync(SmallModelScorer.Mql(), draft)).Agreement.ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("many", true)]
    [InlineData("1,000", true)]
    [InlineData("250", false)]
    [InlineData(" ", false)]
    public async Task Score_OfAnAttributeThatIsNoNumber_SaysSoAndCountsItAsNotKnown(string employees, bool odd)
    {
        static LeadBuilder Lead() => new LeadBuilder().From("event").Enters(Stage.MarketingQualified, 7);
        LeadScore score = await _scorer.ScoreAsync(Lead().Has("employees", employees));
        score.Warnings.ShouldBe(odd ? ["The attribute employees counts as not known: its value is not a number such as 250 or \"250.5\"."] : []);
        if (employees != "250")
        {
            score.RawScore.ShouldBe((await _scorer.ScoreAsync(Lead())).RawScore);
        }
    }
}
