using System.Text;
using System.Text.RegularExpressions;
using LeadPredict.Artifacts.Format;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts.Tests.Format;

/// <summary>Files whose hashes are right but whose content is wrong, as a foreign or hostile publisher would make them.</summary>
public partial class ModelFiles
{
    private static readonly string Good = Encoding.UTF8.GetString(ModelCodec.Write(SmallModels.Draft()));

    [Fact]
    public void Good_IsRead() => Read(Good).Sql.ShouldNotBeNull();

    [Theory]
    [InlineData("\"formatVersion\":1", "\"formatVersion\":9", "/formatVersion")]
    [InlineData("\"kind\":\"Funnel\"", "\"kind\":\"Magic\"", "/kind")]
    [InlineData("\"kind\":\"Funnel\"", "\"kind\":\"Table\"", "")]
    [InlineData("\"kind\":\"Funnel\"", "\"kind\":\"Funnel\",\"code\":\"rm\"", "")]
    [InlineData("\"kind\":\"Funnel\"", "\"kind\":\"Funnel\",\"kind\":\"Funnel\"", "")]
    [InlineData("\"left\":[1,2,", "\"left\":[0,2,", "/sql (Trees")]
    [InlineData("\"left\":[1,2,", "\"left\":[900,2,", "/sql (Trees")]
    [InlineData("\"left\":[1,2,", "\"left\":[1,2.5,", "/sql/trees/left/1")]
    [InlineData("\"left\":[1,2,", "\"left\":[1,\"2\",", "/sql/trees/left/1")]
    [InlineData("\"feature\":[1,", "\"feature\":[7,", "/sql (Trees")]
    [InlineData("\"defaultLeft\":[1,", "\"defaultLeft\":[2,", "/sql/trees/defaultLeft/0")]
    [InlineData("\"intercept\":-1,", "\"intercept\":1e999,", "/sql/intercept")]
    [InlineData("\"cardinality\":3", "\"cardinality\":4", "/sql")]
    [InlineData("\"method\":\"Sigmoid\",\"a\":0.9", "\"method\":\"Sigmoid\",\"a\":-0.9", "/sql/calibration (A)")]
    [InlineData("\"method\":\"Sigmoid\"", "\"method\":\"Auto\"", "/sql/calibration")]
    [InlineData("\"coefficients\":[0.25,0,0]", "\"coefficients\":[-0.25,0,0]", "/sql (Novelty.Terms[0]")]
    [InlineData("\"values\":[0,0,0.75]", "\"values\":[0,0,1e999]", "/sql/novelty/2/values/2")]
    [InlineData("\"values\":[0,0,0.75]", "\"values\":[0,0.75]", "/sql/novelty/2 (Term.Values length)")]
    [InlineData("\"values\":[0,0,0.75],\"missing\":0.5", "\"values\":[0,0,0.75]", "/sql/novelty/2")]
    [InlineData("\"values\":[0,0,0.75],\"missing\":0.5", "\"values\":[0,0,0.75],\"missing\":0.5,\"average\":0", "/sql/novelty/2")]
    [InlineData("\"novelty\":[", "\"novelty\":[null,", "/sql (Novelty.Terms length")]
    [InlineData("\"novelty\":[", "\"novelty\":[7,", "/sql/novelty/0")]
    [InlineData("\"novelty\":[{\"coefficients\":[0.25,0,0],\"missing\":0.125},null,", "\"novelty\":[null,{\"coefficients\":[0.25,0,0],\"missing\":0.125},", "/sql (Novelty.Terms[1]")]
    [InlineData("\"scoreQuantiles\":[0,", "\"scoreQuantiles\":[0.5,", "/scoreQuantiles")]
    [InlineData("\"scoreQuantiles\":[0,", "\"scoreQuantiles\":[", "/scoreQuantiles")]
    [InlineData("\"qualifyHorizonDays\":90", "\"qualifyHorizonDays\":0", "/funnel/qualifyHorizonDays")]
    [InlineData("\"steps\":[\"MarketingQualified\",", "\"steps\":[\"Won\",", "/funnel")]
    [InlineData("\"steps\":[\"MarketingQualified\",", "\"steps\":[", "")]
    public void Wrong_IsRefusedWithItsPlace(string part, string other, string place)
    {
        Good.ShouldContain(part);
        int at = Good.IndexOf(part, StringComparison.Ordinal);
        string wrong = Good[..at] + other + Good[(at + part.Length)..];
        ModelFormatException fault = Should.Throw<ModelFormatException>(() => Read(wrong));
        fault.File.ShouldBe("model.json");
        fault.Place.ShouldStartWith(place);
    }

    [Fact]
    public void File_OfBeforeThereWasNovelty_IsReadWithoutAny()
    {
        string old = NoveltyMember().Replace(Good, "");
        old.ShouldNotContain("novelty");
        ScoreModel model = Read(old).Sql.ShouldNotBeNull();
        model.Novelty.ShouldBeNull();
        float[] row = [0, 50, 9];
        double raw = model.RawScore(row);
        model.Interval(row, raw, model.Probability(raw)).ShouldBe(SmallModels.Score().Interval(raw));
    }

    [Fact]
    public void Novelty_WrittenAndRead_IsTheSame()
    {
        ScoreModel model = Read(Good).Sql.ShouldNotBeNull();
        model.Novelty.ShouldNotBeNull().Terms.ShouldBe(SmallModels.Score().Novelty!.Terms);
        model.Novelty.Variance([0, 50, 9]).ShouldBe(1);
    }

    [Fact]
    public void Depth_BeyondTheLimit_IsRefused() =>
        Should.Throw<ModelFormatException>(() => Read(new string('[', 100) + new string(']', 100))).Message.ShouldContain("no readable JSON");

    [GeneratedRegex(@",""novelty"":\[.*?\}\]")]
    private static partial Regex NoveltyMember();

    private static ModelCodec.Parts Read(string text) => ModelCodec.Read("model.json", Encoding.UTF8.GetBytes(text), SmallModels.Schema);
}
