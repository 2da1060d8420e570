using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Models;

public sealed class TreeEnsembleTests
{
    private static readonly TreeArrays Stump = new()
    {
        TreeStarts = [0, 3],
        Feature = [0, -1, -1],
        Threshold = [2f, 0, 0],
        Left = [1, -1, -1],
        Right = [2, -1, -1],
        DefaultLeft = [true, false, false],
        CategoryStart = [-1, -1, -1],
        CategoryWords = [],
        Value = [0, -1, 1],
        Cover = [10, 4, 6],
    };

    private static readonly TreeArrays CategoryStump = Stump with
    {
        Threshold = [0, 0, 0],
        DefaultLeft = [false, false, false],
        CategoryStart = [0, -1, -1],
        CategoryWords = [2, 0b101, 0b1],
    };

    public static TheoryData<string, TreeArrays> Damaged => new()
    {
        { "Trees.Threshold", Stump with { Threshold = [2f] } },
        { "Trees.Cover", Stump with { Cover = default } },
        { "Trees.TreeStarts", Stump with { TreeStarts = [0, 2] } },
        { "Trees.TreeStarts[1]", Stump with { TreeStarts = [0, 0, 3] } },
        { "Trees.Left[0]", Stump with { Left = [0, -1, -1] } },
        { "Trees.Left[0]", Stump with { Left = [3, -1, -1] } },
        { "Trees.Left[0]", Stump with { Left = [int.MinValue, -1, -1] } },
        { "Trees.Right[0]", Stump with { Right = [1, -1, -1] } },
        { "Trees node 1", Stump with { Left = [1, 2, -1] } },
        { "Trees node 1", Stump with { TreeStarts = [0, 3], Feature = [-1, -1, -1], Left = [-1, -1, -1], Right = [-1, -1, -1] } },
        { "Trees.Threshold[0]", Stump with { Threshold = [float.NaN, 0, 0] } },
        { "Trees.Value[1]", Stump with { Value = [0, double.NaN, 1] } },
        { "Trees.Cover[2]", Stump with { Cover = [10, 4, 0] } },
        { "Trees.CategoryStart[0]", CategoryStump with { CategoryStart = [3, -1, -1] } },
        { "Trees.CategoryStart[0]", CategoryStump with { CategoryStart = [-2, -1, -1] } },
        { "Trees.CategoryWords[0]", CategoryStump with { CategoryWords = [3, 0, 0] } },
        { "Trees.CategoryWords[0]", CategoryStump with { CategoryWords = [uint.MaxValue, 0, 0] } },
    };

    [Theory]
    [InlineData(1.9999999f, -1)]
    [InlineData(2f, 1)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NaN, -1)]
    public void Score_NumericSplit_BelowThresholdOrMissingGoesLeft(float value, double expected) =>
        new TreeEnsemble(Stump).Score([value]).ShouldBe(expected);

    [Theory]
    [InlineData(0f, -1)]
    [InlineData(1f, 1)]
    [InlineData(2f, -1)]
    [InlineData(32f, -1)]
    [InlineData(33f, 1)]
    [InlineData(64f, 1)]
    [InlineData(1e30f, 1)]
    [InlineData(-1f, 1)]
    [InlineData(float.NaN, 1)]
    public void Score_CategoricalSplit_CodesOutsideTheSetGoRight(float value, double expected) =>
        new TreeEnsemble(CategoryStump).Score([value]).ShouldBe(expected);

    [Fact]
    public void Score_NoTrees_IsZero() => new TreeEnsemble(TreeArrays.Empty).Score([1f]).ShouldBe(0);

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Constructor_DamagedArrays_NamesThePart(string part, TreeArrays arrays) =>
        Should.Throw<ModelShapeException>(() => new TreeEnsemble(arrays)).Part.ShouldBe(part);

    [Fact]
    public void Constructor_ChainDeeperThanTheLimit_IsRefused()
    {
        const int Depth = 200;
        int nodes = (2 * Depth) + 1;
        bool Inner(int n) => n % 2 == 0 && n < nodes - 1;
        var chain = new TreeArrays
        {
            TreeStarts = [0, nodes],
            Feature = [.. Enumerable.Range(0, nodes).Select(n => Inner(n) ? 0 : -1)],
            Threshold = [.. new float[nodes]],
            Left = [.. Enumerable.Range(0, nodes).Select(n => Inner(n) ? n + 1 : -1)],
            Right = [.. Enumerable.Range(0, nodes).Select(n => Inner(n) ? n + 2 : -1)],
            DefaultLeft = [.. new bool[nodes]],
            CategoryStart = [.. Enumerable.Repeat(-1, nodes)],
            CategoryWords = [],
            Value = [.. new double[nodes]],
            Cover = [.. Enumerable.Repeat(1.0, nodes)],
        };
        Should.Throw<ModelShapeException>(() => new TreeEnsemble(chain)).Message.ShouldContain("at most 128");
    }

    [Fact]
    public void ScoreModel_SplitOnColumnThatDoesNotExist_IsRefused()
    {
        FeatureColumn[] columns = [new("a", ColumnKind.Numeric)];
        var trees = new TreeEnsemble(Stump with { Feature = [1, -1, -1] });
        Should.Throw<ModelShapeException>(() => new ScoreModel(columns, trees, null, 1, 0, 0, new IdentityCurve(), IntervalTable.Unknown))
            .Part.ShouldBe("Trees.Feature[0]");
    }

    [Fact]
    public void ScoreModel_NumericSplitOnCategoricalColumn_IsRefused()
    {
        FeatureColumn[] columns = [new("a", ColumnKind.Categorical, 3)];
        Should.Throw<ModelShapeException>(
            () => new ScoreModel(columns, new TreeEnsemble(Stump), null, 1, 0, 0, new IdentityCurve(), IntervalTable.Unknown))
            .Part.ShouldBe("Trees.CategoryStart[0]");
    }
}
