using LeadPredict.Testing;

namespace LeadPredict.Scorecard.Tests.Rules;

public class PointsTests
{
    private const double Microsecond = 1.0 / 86_400_000_000;

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 12)]
    [InlineData(9, 12)]
    public void Repeats_PointsForEachHit_UpToTheirNumber(int touches, double points) =>
        Rule("points: 4, repeats: 3, when: { touch: call }").Evaluate(lead => Calls(lead, touches)).Points.ShouldBe(points);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 4)]
    [InlineData(5, 8)]
    [InlineData(9, 12)]
    public void Repeats_WithTimes_OneHitForEachFullNumber(int touches, double points) =>
        Rule("points: 4, repeats: 3, when: { touch: call, times: 2 }").Evaluate(lead => Calls(lead, touches)).Points.ShouldBe(points);

    [Fact]
    public void Repeats_WithDecay_CountTheLatestFirst() =>
        Rule("points: 8, repeats: 2, decay: { halfLifeDays: 10 }, when: { touch: call }")
            .Evaluate(lead => lead.Touched("call", 90).Touched("call", 10).Touched("call", 80)).Points.ShouldBe(4 + 2);

    [Fact]
    public void RuleLimit_TooManyPoints_TakesTheRestAsAnItem()
    {
        ScorecardResult result = Rule("points: 4, repeats: 10, limit: 10, when: { touch: call }").Evaluate(lead => Calls(lead, 5));

        result.Points.ShouldBe(10);
        result.Items.Select(item => (item.Rule, item.Points, item.Hits)).ShouldBe([("rule", 20, 5), ("limit of rule rule", -10, 0)]);
    }

    [Fact]
    public void RuleLimit_NegativePoints_LimitsThemToo() =>
        Rule("points: -4, repeats: 10, limit: 10, when: { touch: call }").Evaluate(lead => Calls(lead, 5)).Points.ShouldBe(-10);

    [Theory]
    [InlineData(1, -20, "at least -20 points")]
    [InlineData(2, 25, "at most 25 points")]
    public void GroupLimit_EitherEnd_IsAnItemOfItsOwn(int which, double points, string because)
    {
        ScorecardDefinition card = Cards.Parse(Cards.Yaml(
            """
            - { name: bad, points: -30, when: { attribute: which, equals: 1 } }
            - { name: good, points: 30, when: { attribute: which, equals: 2 } }
            """,
            limits: "limits: { min: -20, max: 25 }"));

        ScorecardResult result = card.Evaluate(lead => lead.Has("which", which));

        result.Points.ShouldBe(points);
        result.Items[^1].Rule.ShouldBe("limit of group online behaviour");
        result.Items[^1].Because.ShouldBe(because);
        result.Items.Sum(item => item.Points).ShouldBe(points);
    }

    [Fact]
    public void TotalLimit_TooManyPoints_LeavesFitAndEngagementAlone()
    {
        ScorecardDefinition card = Cards.Parse(Cards.Yaml(
            "- { name: a, points: 30, when: { source: x } }", head: "mqlThreshold: 5\ntotalLimits: { max: 12.5 }"));

        ScorecardResult result = card.Evaluate(lead => lead.From("x"));

        result.Points.ShouldBe(12.5);
        result.Engagement.ShouldBe(30);
        result.Items[^1].ShouldBe(new ScorecardItem("limit of total", "total", -17.5, "at most 12.5 points", 0));
    }

    [Theory]
    [InlineData(90, 8)]
    [InlineData(80, 4)]
    [InlineData(70, 2)]
    [InlineData(10, 0)]
    public void Decay_HalfLife_HalvesWithAge(double at, double points) =>
        Rule("points: 16, decay: { halfLifeDays: 10 }, when: { touch: call }").Evaluate(lead => lead.Touched("call", at)).Points.ShouldBe(points);

    [Theory]
    [InlineData(70, 16)]
    [InlineData(70 - Microsecond, 0)]
    [InlineData(99, 16)]
    [InlineData(100, 0)]
    public void Decay_Expiry_IsHalfOpenWithItsStart(double at, double points) =>
        Rule("points: 16, decay: { expiresDays: 30 }, when: { touch: call }").Evaluate(lead => lead.Touched("call", at)).Points.ShouldBe(points);

    [Fact]
    public void Items_HundredsOfRandomLeads_AddUpToTheLastBitInAnyOrder()
    {
        Random random = new(7);
        string[] types = ["page_view", "email_click", "email_open", "demo_request", "email_unsubscribe", "webinar_attended", "call"];
        string[] titles = ["CEO", "VP Marketing", "Intern", "HR Specialist", "Sales Manager"];
        for (int round = 0; round < 300; round++)
        {
            ScorecardResult result = ScorecardDefinition.Default.Evaluate(lead =>
            {
                lead.Has("jobTitle", titles[random.Next(titles.Length)]).Has("employees", random.Next(1, 8000)).From("referral");
                for (int i = random.Next(60); i > 0; i--)
                {
                    lead.Touched(types[random.Next(types.Length)], random.NextDouble() * 120, properties: ("page", "pricing"));
                }
            });

            result.Items.Sum(item => item.Points).ShouldBe(result.Points);
            result.Items.Reverse().Sum(item => item.Points).ShouldBe(result.Points);
            result.Items.ShouldAllBe(item => item.Because.Length > 0);
        }
    }

    [Fact]
    public void Evaluate_FromManyThreads_SaysTheSame()
    {
        LeadBuilder lead = new LeadBuilder().Has("jobTitle", "VP Sales").Touched("demo_request", 95).Touched("page_view", 97);
        ScorecardEvaluator evaluator = new(ScorecardDefinition.Default);
        ScorecardResult expected = evaluator.Evaluate(Cards.Take(lead, 100));

        Parallel.For(0, 64, _ =>
        {
            ScorecardResult result = evaluator.Evaluate(Cards.Take(lead, 100));
            result.Points.ShouldBe(expected.Points);
            result.Items.ShouldBe(expected.Items);
        });
    }

    [Theory]
    [InlineData(30, 30, "A1")]
    [InlineData(29.875, 20, "B2")]
    [InlineData(10, 10, "C3")]
    [InlineData(-5, 0, "D4")]
    public void Grade_BandsBeginAtTheirPoints(double fit, double engagement, string grade) =>
        ScorecardDefinition.Parse(
            FormattableString.Invariant($$"""
            version: 1
            mqlThreshold: 1
            grades: { fit: { A: 30, B: 20, C: 10 }, engagement: { 1: 30, 2: 20, 3: 10 } }
            groups:
              company: { rules: [{ name: fit, points: {{fit}}, when: { source: x } }, { name: other, points: 1, when: { source: y } }] }
              social: { rules: [{ name: does, points: {{engagement + 1}}, when: { source: x } }, { name: less, points: -1, when: { source: x } }] }
            """), "card.yaml").Evaluate(lead => lead.From("x")).Grade.ShouldBe(grade);

    private static ScorecardDefinition Rule(string rule) => Cards.Parse(Cards.Yaml(
        $"- {{ name: rule, {rule} }}\n- {{ name: other, points: 10, when: {{ source: never }} }}"));

    private static void Calls(LeadBuilder lead, int touches)
    {
        for (int i = 0; i < touches; i++)
        {
            lead.Touched("call", 50 + i);
        }
    }
}
