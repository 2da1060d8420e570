using System.Text;
using LeadPredict.Artifacts.Import;
using LeadPredict.Features;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts.Tests.Import;

public sealed class XgBoostModelReaderTests
{
    [Theory]
    [InlineData("3.4999998", "0", "no", -0.5 - 0.125)]
    [InlineData("3.5", "0", "no", 0.25 - 0.125)]
    [InlineData("", "2", "yes", -0.5 + 0.75)]
    [InlineData("4", "1", "yes", 1 + 0.75)]
    [InlineData("4", "2", "", 1 + 0.75)]
    [InlineData("4", "", "yes", 1 + 0.75)]
    [InlineData("4", "3", "yes", 0.25 + 0.75)]
    [InlineData("4", "never seen", "yes", 0.25 + 0.75)]
    public void Row_OfAModelOf17_TakesTheBranchesOfXgBoost(string visits, string channel, string asked, double expected)
    {
        (FeatureSchema schema, ScoreModel model) = XgBoostTableSchema.Of(XgBoostFixture.Read(XgBoostFixture.Old));
        Raw(schema, model, ["channel", "asked", "visits"], [channel, asked, visits]).ShouldBe(expected, 1e-12);
    }

    [Theory]
    [InlineData("1", "event", 1.5)]
    [InlineData("1", "Event ", 1.5)]
    [InlineData("1", "ads", -1)]
    [InlineData("2", "search", 0.5)]
    [InlineData("", "search", -1)]
    [InlineData("", "", 1.5)]
    [InlineData("2", "fair", 0.5)]
    public void Row_OfAModelOf31_ReadsCategoriesByTheirNamesAndStartsAtBaseScore(string visits, string channel, double leaf)
    {
        XgBoostModel read = XgBoostFixture.Read(XgBoostFixture.New);
        read.Version.ShouldBe("3.1.0");
        read.Features[1].Categories!.Value.ShouldBe(["ads", "search", "event"]);
        (FeatureSchema schema, ScoreModel model) = XgBoostTableSchema.Of(read);
        Raw(schema, model, ["visits", "channel"], [visits, channel]).ShouldBe(Math.Log(0.25 / 0.75) + leaf, 1e-12);
    }

    [Fact]
    public void Categories_GivenByTheirNames_StandForTheCodes()
    {
        XgBoostModel read = XgBoostFixture.Read(XgBoostFixture.Old);
        (FeatureSchema schema, ScoreModel model) = XgBoostTableSchema.Of(
            read, new Dictionary<string, IReadOnlyList<string>> { ["channel"] = ["ads", "search", "event", "fair"] });
        Raw(schema, model, ["visits", "channel", "asked"], ["4", "search", "1"]).ShouldBe(1.75, 1e-12);
        Raw(schema, model, ["visits", "channel", "asked"], ["4", "fair", "1"]).ShouldBe(1.0, 1e-12);
        Should.Throw<XgBoostFormatException>(() => XgBoostTableSchema.Of(
            read, new Dictionary<string, IReadOnlyList<string>> { ["channel"] = ["ads", "search"] })).Message.ShouldContain("at least 3");
        Should.Throw<XgBoostFormatException>(() => XgBoostTableSchema.Of(
            read, new Dictionary<string, IReadOnlyList<string>> { ["visits"] = ["many"] })).Message.ShouldContain("visits");
    }

    /// <summary>NA is North America, and among numbers nothing.</summary>
    [Fact]
    public void Category_ByTheNameOfAMissingWord_IsACategory()
    {
        (FeatureSchema schema, ScoreModel model) = XgBoostTableSchema.Of(
            XgBoostFixture.Read(XgBoostFixture.Old), new Dictionary<string, IReadOnlyList<string>> { ["channel"] = ["EMEA", "NA", "None"] });
        string[] header = ["visits", "channel", "asked"];
        Raw(schema, model, header, ["4", "NA", "NA"]).ShouldBe(1.75, 1e-12);
        Raw(schema, model, header, ["4", "None", "1"]).ShouldBe(Raw(schema, model, header, ["4", "NA", "1"]), 1e-12);
        Raw(schema, model, header, ["NA", "EMEA", "1"]).ShouldBe(Raw(schema, model, header, ["", "EMEA", "1"]), 1e-12);
        Raw(schema, model, header, ["4", "null", "1"]).ShouldBe(Raw(schema, model, header, ["4", "", "1"]), 1e-12);
    }

    /// <summary>Pruning leaves nodes that nothing leads to, still with their categories and without a column.</summary>
    [Fact]
    public void Node_ThatWasPruned_IsLeftOut()
    {
        (_, ScoreModel pruned) = XgBoostTableSchema.Of(XgBoostFixture.ReadChanged(
            ("\"categories\":[1,2],\"categories_nodes\":[2],\"categories_segments\":[0],\"categories_sizes\":[2]", "\"categories\":[1,2,7],\"categories_nodes\":[2,5],\"categories_segments\":[0,2],\"categories_sizes\":[2,1]"),
            ("\"default_left\":[1,0,0,0,0]", "\"default_left\":[1,0,0,0,0,0]"),
            ("\"left_children\":[1,-1,3,-1,-1]", "\"left_children\":[1,-1,3,-1,-1,-1]"),
            ("\"right_children\":[2,-1,4,-1,-1]", "\"right_children\":[2,-1,4,-1,-1,-1]"),
            ("[3.5E0,-5E-1,NaN,2.5E-1,1E0]", "[3.5E0,-5E-1,NaN,2.5E-1,1E0,0E0]"),
            ("\"split_indices\":[0,0,1,0,0],\"split_type\":[0,0,1,0,0]", "\"split_indices\":[0,0,1,0,0,2147483647],\"split_type\":[0,0,1,0,0,1]"),
            ("[1E2,6E1,4E1,3E1,1E1]", "[1E2,6E1,4E1,3E1,1E1,0E0]")));
        (_, ScoreModel whole) = XgBoostTableSchema.Of(XgBoostFixture.Read(XgBoostFixture.Old));
        pruned.Trees!.Arrays.Value.ShouldBe(whole.Trees!.Arrays.Value);
        pruned.Trees!.Arrays.Feature.ShouldBe(whole.Trees!.Arrays.Feature);
    }

    [Fact]
    public void BestIteration_BeyondAllRounds_IsNone() =>
        XgBoostFixture.ReadChanged("\"best_iteration\":\"0\"", "\"best_iteration\":\"2147483647\"").BestRounds.ShouldBeNull();

    [Fact]
    public void Covers_OfAnImportedModel_AreXgBoostsHessians()
    {
        (_, ScoreModel model) = XgBoostTableSchema.Of(XgBoostFixture.Read(XgBoostFixture.Old));
        model.Trees!.Arrays.Cover.ShouldBe([100, 60, 40, 30, 10, 90, 60, 30]);
    }

    [Fact]
    public void Objective_OfTheSameLossByItsOtherName_IsTheSameModel()
    {
        (_, ScoreModel model) = XgBoostTableSchema.Of(XgBoostFixture.Read(XgBoostFixture.Old));
        (_, ScoreModel other) = XgBoostTableSchema.Of(XgBoostFixture.ReadChanged("binary:logistic", "reg:logistic"));
        other.Trees!.Arrays.Value.ShouldBe(model.Trees!.Arrays.Value);
        other.Intercept.ShouldBe(model.Intercept);
    }

    [Fact]
    public void Name_WithBlanksAroundIt_IsTheColumnWithout() =>
        XgBoostFixture.ReadChanged("\"visits\"", "\" visits \"").Features[0].Name.ShouldBe("visits");

    [Theory]
    [InlineData("binary:logistic", "multi:softprob", "/learner/objective/name", "multi:softprob", "binary:logistic")]
    [InlineData("\"name\":\"gbtree\"", "\"name\":\"dart\"", "/learner/gradient_booster/name", "dart", "gbtree")]
    [InlineData("[1,7,4]", "[1,6,2]", "/version", "1.6.2", "1.7 to 3.x")]
    [InlineData("[1,7,4]", "[4,0,0]", "/version", "4.0.0", "1.7 to 3.x")]
    [InlineData("\"num_class\":\"0\"", "\"num_class\":\"3\"", "/learner/learner_model_param/num_class", "3", "one answer")]
    [InlineData("\"num_target\":\"1\"", "\"num_target\":\"2\"", "/learner/learner_model_param/num_target", "2", "one answer")]
    [InlineData("[\"visits\",\"channel\",\"asked\"]", "[]", "/learner/feature_names", "no names", "a name for each column")]
    [InlineData("\"base_score\":\"5E-1\"", "\"base_score\":\"1E0\"", "/learner/learner_model_param/base_score", "1E0", "above 0 and below 1")]
    [InlineData("\"base_score\":\"5E-1\"", "\"base_score\":\"[1E-1,2E-1]\"", "/learner/learner_model_param/base_score", "1E-1,2E-1", "one probability")]
    [InlineData("[3.5E0,-5E-1,NaN", "[NaN,-5E-1,NaN", "/trees/0/split_conditions/0", "no finite number", "a threshold")]
    [InlineData("\"left_children\":[1,-1,3", "\"left_children\":[1,-1,9", "/trees/0/left_children/2", "9", "no other parent")]
    [InlineData("\"left_children\":[1,-1,3", "\"left_children\":[1,-1,0", "/trees/0/left_children/2", "0", "no other parent")]
    [InlineData("\"split_indices\":[0,0,1", "\"split_indices\":[7,0,1", "/trees/0/split_indices/0", "7", "from 0 to 2")]
    [InlineData("\"sum_hessian\":[1E2,", "\"sum_hessian\":[-1E2,", "/trees/0/sum_hessian/0", "-100", "0 or more")]
    [InlineData("\"categories_sizes\":[2]", "\"categories_sizes\":[3]", "/trees/0/categories_nodes/0", "2", "categories inside")]
    [InlineData("\"split_type\":[0,0,1,0,0]", "\"split_type\":[0,0,0,0,0]", "/trees/0/split_type/2", "0", "categories_nodes")]
    [InlineData("\"size_leaf_vector\":\"0\"}},", "\"size_leaf_vector\":\"2\"}},", "/trees/0/tree_param/size_leaf_vector", "2", "one number")]
    [InlineData("\"tree_param\":{\"num_deleted\":\"0\",\"num_feature\":\"3\",\"num_nodes\":\"5\",\"size_leaf_vector\":\"0\"}", "\"tree_param\":[]", "/trees/0/tree_param", "array", "object")]
    [InlineData("\"learner\":{", "\"other\":{", "", "no member 'learner'", "learner")]
    [InlineData("\"asked\"]", "\"VISITS\"]", "/learner/feature_names", "visits", "differ in more than case")]
    public void File_OfAnotherKind_IsRefusedWithPlaceAndWhatIsSupported(string text, string by, string place, string found, string expected)
    {
        XgBoostFormatException refusal = Should.Throw<XgBoostFormatException>(() => XgBoostTableSchema.Of(XgBoostFixture.ReadChanged(text, by)));
        refusal.Place.ShouldEndWith(place);
        refusal.Found.ShouldContain(found, Case.Insensitive);
        refusal.Expected.ShouldContain(expected);
        refusal.Message.ShouldNotContain("publish");
    }

    [Fact]
    public void File_InBinaryForm_IsRefusedWithTheRemedy() =>
        Should.Throw<XgBoostFormatException>(() => XgBoostModelReader.Read("model.ubj", Encoding.ASCII.GetBytes("{L\0\0")))
            .Message.ShouldContain("save_model(\"model.json\")");

    [Fact]
    public void Text_WithNaNInsideNames_IsLeftAlone()
    {
        XgBoostModel model = XgBoostFixture.ReadChanged("\"visits\"", "\"NaN of \\\"visits\\\", -Infinity\"");
        model.Features[0].Name.ShouldBe("NaN of \"visits\", -Infinity");
    }

    private static double Raw(FeatureSchema schema, ScoreModel model, string[] header, string[] cells)
    {
        var extractor = new FeatureExtractor(schema);
        float[] row = new float[extractor.Count];
        extractor.ExtractRow(cells, extractor.Bind(header), row);
        return model.RawScore(row);
    }
}
