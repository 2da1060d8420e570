using LeadPredict.Features.Words;
using LeadPredict.Funnel.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Extraction;

public class AttributeFeatureTests
{
    private static readonly AccountHistory Account = new LeadBuilder().From("paid_search").Has("employees", 250).Has("budget", true)
        .Has("industry", "Software").Has("jobTitle", "VP Marketing").Has("email", "jane@gmail.com").Has("renewal", "2025-01-06")
        .Has("firstName", "Jane").Has("lifecycleStage", "customer").Has("status", "won").BuildAlone();

    [Fact]
    public void Attributes_OfEveryKind_BecomeFeatures()
    {
        VectorOf vector = new(Account, 10);

        (vector["employees"], vector["budget"], vector["renewal (days ago)"]).ShouldBe((250, 1, 5));
        vector.Category("industry").ShouldBe("Software");
        vector.Category("jobTitle (seniority)").ShouldBe("vp");
        vector.Category("jobTitle (department)").ShouldBe("marketing");
        vector.Category("email").ShouldBe("free mail");
        vector.Category("source").ShouldBe("paid_search");
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData(" 0.0 ", 0)]
    [InlineData("True", 1)]
    [InlineData("no", 0)]
    [InlineData("2", float.NaN)]
    [InlineData("perhaps", float.NaN)]
    public void YesOrNo_AsOtherProgramsWriteIt_IsRead(string text, float expected)
    {
        FeatureExtractor extractor = new VectorOf(Account, 10).Extractor;
        extractor.ReadCell(extractor.Schema.IndexOf("budget"), text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("12.5", 12.5f)]
    [InlineData("True", 1)]
    [InlineData("false", 0)]
    [InlineData("t", float.NaN)]
    [InlineData("1e300", FeatureNumber.Largest)]
    [InlineData("-1e300", -FeatureNumber.Largest)]
    [InlineData("3.4028235e38", FeatureNumber.Largest)]
    public void Number_AsOtherProgramsWriteIt_IsRead(string text, float expected)
    {
        FeatureExtractor extractor = new VectorOf(Account, 10).Extractor;
        extractor.ReadCell(extractor.Schema.IndexOf("employees"), text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("firstName")]
    [InlineData("lifecycleStage")]
    [InlineData("status")]
    public void Attributes_PersonalOrOfTheExportsState_AreLeftOut(string name)
    {
        new VectorOf(Account, 10).Has(name).ShouldBeFalse();
    }

    [Theory]
    [InlineData("employees", "employees is 250")]
    [InlineData("budget", "budget is yes")]
    [InlineData("industry", "industry is Software")]
    [InlineData("jobTitle (seniority)", "job title says VP")]
    [InlineData("jobTitle (department)", "works in marketing")]
    [InlineData("email", "e-mail address of a free mail service")]
    [InlineData("source", "came from paid search")]
    [InlineData("renewal (days ago)", "renewal was 5 days ago")]
    [InlineData("lead_age_days", "known for 10 days")]
    public void Describe_Attribute_SaysItInPlainWords(string name, string text)
    {
        new VectorOf(Account, 10).Describe(name).ShouldBe(text);
    }
}
