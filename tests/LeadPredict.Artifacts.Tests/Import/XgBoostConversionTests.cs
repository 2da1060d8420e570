using LeadPredict.Artifacts.Import;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Artifacts.Tests.Import;

/// <summary>Models of tables whose codes are this project's own.</summary>
public sealed class XgBoostConversionTests
{
    private static readonly FeatureColumn[] Columns =
        [new("spare", ColumnKind.Numeric), new("channel", ColumnKind.Categorical, 40), new("asked", ColumnKind.Categorical, 2), new("visits", ColumnKind.Numeric)];

    private static readonly XgBoostColumn[] Places = [new(3, Columns[3], 0), new(1, Columns[1], 0), new(2, Columns[2], 0)];

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(39, 0.25)]
    [InlineData(float.NaN, 1)]
    public void Categories_OfASchema_KeepTheirCodes(float code, double leaf)
    {
        ScoreModel model = XgBoostConversion.Convert(XgBoostFixture.Read(XgBoostFixture.Old), Columns, Places);
        model.RawScore([0, code, 1, 4]).ShouldBe(leaf + 0.75, 1e-12);
    }

    [Theory]
    [InlineData(0, -0.125)]
    [InlineData(1, 0.75)]
    [InlineData(float.NaN, 0.75)]
    public void Number_AskedOfAColumnOfCodes_IsTheSetOfCodesBelowIt(float code, double leaf)
    {
        ScoreModel model = XgBoostConversion.Convert(XgBoostFixture.Read(XgBoostFixture.Old), Columns, Places);
        model.RawScore([0, 0, code, 1]).ShouldBe(-0.5 + leaf, 1e-12);
    }

    [Fact]
    public void Category_ThatTheSchemaDoesNotHave_IsRefused()
    {
        XgBoostColumn[] small = [Places[0], new(1, new FeatureColumn("channel", ColumnKind.Categorical, 2), 0), Places[2]];
        Should.Throw<XgBoostFormatException>(() => XgBoostConversion.Convert(XgBoostFixture.Read(XgBoostFixture.Old), Columns, small))
            .Message.ShouldContain("category 2");
    }

    [Fact]
    public void Category_AskedOfAColumnOfNumbers_IsRefused()
    {
        XgBoostColumn[] wrong = [Places[0], new(0, Columns[0], 0), Places[2]];
        Should.Throw<XgBoostFormatException>(() => XgBoostConversion.Convert(XgBoostFixture.Read(XgBoostFixture.Old), Columns, wrong))
            .Place.ShouldEndWith("/trees/0/split_type/2");
    }
}
