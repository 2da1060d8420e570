using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Tests;

public class FeatureSchemaTests
{
    [Fact]
    public void FeatureSchema_EverySource_SurvivesTheRoundTrip()
    {
        FeatureSource[] sources =
        [
            new AttributeNumber("a"), new AttributeBoolean("b"), new AttributeDate("d", DatePart.Recency, DateOrder.DayFirst, "t"),
            new LeadAge(), new TouchCount(new("page_view", "page", "pricing", true), 30), new TouchCount(new(null), null),
            new TouchRecency(new("call")), new ActiveDays(90), new ActivityTrend(30), new TimeInStage(),
            new StageVelocity(Stage.Lead, Stage.MarketingQualified), new EarlierEntries(Stage.Recycled),
            new AccountActivity(AccountMeasure.Won),
        ];
        FeatureSource[] categories =
            [new AttributeCategory("c"), new JobTitleSeniority("j"), new JobTitleDepartment("j"), new EmailDomain("e"), new LeadSource(), new CurrentStage()];
        FeatureSchema schema = new(
            SchemaMode.History,
            [
                .. sources.Select((source, i) => Number($"n{i}", source)),
                .. categories.Select((source, i) => Number($"c{i}", source) with { Kind = FeatureKind.Categorical, Categories = ["other", "é\"<"] }),
            ]);

        FeatureSchema read = FeatureSchema.FromJson(schema.ToJson());

        read.ToJson().ShouldBe(schema.ToJson());
        read.Fingerprint.ShouldBe(schema.Fingerprint);
        read.Features.Select(feature => feature.Source).ShouldBe([.. sources, .. categories]);
        typeof(FeatureSource).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false).Length
            .ShouldBe(sources.Select(source => source.GetType()).Distinct().Count() + categories.Length);
    }

    [Fact]
    public void FeatureSchema_Json_IsSnapshotted()
    {
        FeatureSchema schema = new(SchemaMode.Table, [Number("age", new AttributeNumber("age"))], ["NA"]);

        schema.ToJson().ShouldBe(
            """{"format":1,"mode":"table","missingWords":["NA"],"features":[{"name":"age","kind":"numeric","group":"g","categories":[],"source":{"kind":"attributeNumber","attribute":"age"}}]}""");
    }

    [Fact]
    public void FeatureSchema_OtherCategories_HasAnotherFingerprint()
    {
        FeatureDefinition feature = Number("c", new AttributeCategory("c")) with { Kind = FeatureKind.Categorical, Categories = ["other", "a"] };

        new FeatureSchema(SchemaMode.Table, [feature]).Fingerprint
            .ShouldNotBe(new FeatureSchema(SchemaMode.Table, [feature with { Categories = ["other", "b"] }]).Fingerprint);
    }

    [Theory]
    [InlineData("", "not a feature schema")]
    [InlineData("null", "null")]
    [InlineData("{}", "not a feature schema")]
    [InlineData("""{"format":2,"mode":"table","missingWords":[],"features":[]}""", "format 2; this version reads format 1")]
    [InlineData("""{"format":1,"mode":"table","missingWords":[],"features":[]}""", "without features")]
    [InlineData("""{"format":1,"mode":"table","missingWords":[],"features":[{"name":"a","kind":"numeric","group":"g","categories":["x"],"source":{"kind":"leadAge"}}]}""", "1 categories")]
    [InlineData("""{"format":1,"mode":"table","missingWords":[],"features":[{"name":"a","kind":"numeric","group":"g","categories":[],"source":{"kind":"shell"}}]}""", "not a feature schema")]
    public void FeatureSchema_WrongJson_IsRefusedByWhatWasFound(string json, string message)
    {
        Should.Throw<FeatureSchemaException>(() => FeatureSchema.FromJson(json)).Message.ShouldContain(message);
    }

    [Fact]
    public void FeatureSchema_NameTwice_IsRefused()
    {
        FeatureDefinition feature = Number("same", new LeadAge());

        Should.Throw<FeatureSchemaException>(() => new FeatureSchema(SchemaMode.History, [feature, feature])).Message.ShouldContain("'same'");
    }

    private static FeatureDefinition Number(string name, FeatureSource source) =>
        new() { Name = name, Group = "g", Kind = FeatureKind.Numeric, Source = source };
}
