using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Tests.Tables;

/// <summary>Columns of whole numbers that name their rows, some of which stand twice.</summary>
public class IdentifierColumnTests
{
    [Theory]
    [InlineData("lead_id", 1_000, 1, false)]
    [InlineData("lead_id", 1_000, 100, false)]
    [InlineData("lead_id", 1_000, 101, true)]
    [InlineData("Order Number", 30_000, 3_000, false)]
    [InlineData("Order Number", 30_000, 3_001, true)]
    [InlineData("visits", 1_000, 1, true)]
    public void FromColumns_NumbersThatStandTwice_AreAFeatureUnlessTheyAreNamedForIdentifiers(string name, int rows, int twice, bool kept)
    {
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns([name, "plan"], Rows(rows, i => $"{(i < rows - twice ? i : i - (rows - twice)) * 7}"));

        draft.Schema.Features.Select(feature => feature.Name).ShouldBe(kept ? [name, "plan"] : ["plan"]);
        draft.LeftOut.Select(note => note.Reason).ShouldBe(kept ? [] : ["an identifier: whole numbers, another one in almost every row"]);
    }

    [Fact]
    public void FromColumns_IdentifierThatIsUnknownInSomeRows_IsLeftOut() =>
        FeatureSchemaBuilder.FromColumns(["lead_id", "plan"], Rows(1_000, i => i % 3 == 0 ? "NA" : i % 100 == 1 ? "7" : $"{i * 7}"))
            .LeftOut.ShouldHaveSingleItem().Name.ShouldBe("lead_id");

    [Fact]
    public void FromColumns_IdentifierOfWhichOneIsCommon_TellsThatOne() =>
        FeatureSchemaBuilder.FromColumns(["owner_id", "plan"], Rows(1_000, i => i < 150 ? "0" : $"{i * 7}"))
            .Schema.Features[0].Source.ShouldBe(new AttributeCategory("owner_id"));

    private static string[][] Rows(int count, Func<int, string> cell) => [.. Enumerable.Range(0, count).Select(i => new[] { cell(i), $"p{i % 3}" })];
}
