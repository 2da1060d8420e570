using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Scorecard.Tests.Defaults;

public class DefaultScorecardTests
{
    private static readonly ScorecardDefinition Card = ScorecardDefinition.Default;

    [Fact]
    public void Default_Parses_WithoutWarnings()
    {
        Card.Warnings.ShouldBeEmpty();
        Card.Groups.ShouldAllBe(group => group.Rules.Count > 0);
        Card.Groups.Count.ShouldBe(5);
        Card.SqlCriteria.Select(criterion => criterion.Name).ShouldBe(["budget", "authority", "need", "timing", "demo or price asked for"]);
        Card.Fingerprint.Length.ShouldBe(64);
    }

    [Fact]
    public void Default_EveryKnownTouchType_IsSpokenOf() =>
        TouchTypes.Known.ShouldAllBe(type => Card.Yaml.Contains(type, StringComparison.Ordinal));

    [Fact]
    public void Fingerprint_LineEnds_DoNotMatter() =>
        ScorecardDefinition.Parse(Card.Yaml.ReplaceLineEndings("\r\n"), "x").Fingerprint.ShouldBe(Card.Fingerprint);

    [Theory]
    [InlineData("CEO", "C-level, owner or founder")]
    [InlineData("Founder & CEO", "C-level, owner or founder")]
    [InlineData("Chief Marketing Officer", "C-level, owner or founder")]
    [InlineData("Geschäftsführerin", "C-level, owner or founder")]
    [InlineData("Vice President, Sales", "vice president")]
    [InlineData("SVP Operations", "vice president")]
    [InlineData("Head of Marketing", "director or head of department")]
    [InlineData("Sales Director", "director or head of department")]
    [InlineData("Senior Marketing Manager", "manager or team lead")]
    [InlineData("Account Executive", "staff without a say in buying")]
    [InlineData("Executive Assistant to the CEO", "staff without a say in buying")]
    [InlineData("Working Student", "student or trainee")]
    [InlineData("Internal Auditor", null)]
    public void JobTitle_Seniority_IsReadFromItsWords(string title, string? rule)
    {
        string[] seniority =
        [
            "C-level, owner or founder", "vice president", "director or head of department", "manager or team lead",
            "staff without a say in buying", "student or trainee",
        ];

        Card.Evaluate(lead => lead.Has("jobTitle", title)).Items.Select(item => item.Rule).Intersect(seniority)
            .ShouldBe(rule is null ? [] : [rule]);
    }

    public static TheoryData<string, Action<LeadBuilder>, Stage, string> Leads => new()
    {
        { "nothing known", _ => { }, Stage.Lead, "D4" },
        {
            "reading student", lead => Reads(lead.Has("jobTitle", "Student").Has("email", "eva@gmail.com"), 20), Stage.Lead, "D3"
        },
        {
            "quiet decision maker", lead => Fits(lead, "VP Marketing"), Stage.Lead, "A4"
        },
        {
            "decision maker who asks for a demo",
            lead => Reads(Fits(lead, "VP Marketing"), 3).Touched("demo_request", 98), Stage.MarketingQualified, "A1"
        },
        {
            "manager who asks for a price and came to the webinar",
            lead => Reads(Fits(lead, "Sales Manager"), 3).Touched("webinar_attended", 95).Touched("pricing_request", 99),
            Stage.MarketingQualified, "A1"
        },
        {
            "the same, half a year old", lead => Fits(lead, "Sales Manager").Touched("webinar_attended", -85).Touched("pricing_request", -80),
            Stage.Lead, "A4"
        },
        {
            "job seeker", lead => lead.Has("jobTitle", "Recruiter").Has("email", "a@gmx.de").Touched("page_view", 99, properties: ("page", "careers")),
            Stage.Lead, "D4"
        },
        {
            "outbound reply that sounds interesting",
            lead => lead.From("outbound").Touched("email_sent", 95).Touched("email_reply", 97, properties: ("sentiment", "interested")),
            Stage.MarketingQualified, "D3"
        },
        {
            "still interested after the information",
            lead => lead.From("outbound").Touched("email_sent", 95, properties: ("kind", "information"))
                .Touched("email_reply", 97, properties: ("sentiment", "interested")),
            Stage.SalesQualified, "D2"
        },
        {
            "accepted, with budget, authority, need, timing and a demo",
            lead => Fits(lead, "CMO").Has("budget", "approved").Has("need", true).Has("timeline", 3).Touched("demo_request", 96)
                .Enters(Stage.MarketingQualified, 97).Enters(Stage.SalesAccepted, 98),
            Stage.SalesQualified, "A2"
        },
        {
            "must not be contacted", lead => Fits(lead, "CEO").Has("doNotContact", true).Touched("demo_request", 99), Stage.Lead, "A2"
        },
    };

    [Theory]
    [MemberData(nameof(Leads))]
    public void Lead_OfTheTable_IsScoredSensibly(string lead, Action<LeadBuilder> build, Stage stage, string grade)
    {
        ScorecardResult result = Card.Evaluate(build);

        string shown = $"{lead}: {result.Points} ({result.Fit}, {result.Engagement}), {result.Because}: {string.Join("; ", result.Items)}";
        result.Stage.ShouldBe(stage, shown);
        result.Grade.ShouldBe(grade, shown);
    }

    [Fact]
    public void Lead_Recycled_LosesPoints() =>
        Card.Evaluate(lead => Fits(lead, "CMO").Enters(Stage.MarketingQualified, 50).Enters(Stage.Recycled, 90)).Points
            .ShouldBeLessThan(Card.Evaluate(lead => Fits(lead, "CMO").Enters(Stage.MarketingQualified, 50)).Points);

    private static LeadBuilder Fits(LeadBuilder lead, string title) => lead.From("organic_search").Has("jobTitle", title)
        .Has("email", "kim@acme.example").Has("country", "DE").Has("industry", "software").Has("employees", 250);

    private static LeadBuilder Reads(LeadBuilder lead, int pages)
    {
        for (int i = 0; i < pages; i++)
        {
            lead.Touched("page_view", 98 + (i * 0.01), properties: ("page", "pricing"));
        }

        return lead;
    }
}
