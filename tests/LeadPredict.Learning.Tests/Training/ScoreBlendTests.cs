using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

public sealed class ScoreBlendTests
{
    [Fact]
    public void Fit_OneGoodScoreAndNoise_LeansOnTheGoodOne()
    {
        (double[][] scores, byte[] labels) = Draw(5000, 1, truth => [truth, 0]);
        ScoreBlend blend = ScoreBlend.Fit(scores, labels, Ones(labels), _ => [1, 1], 5, [0, 0]);
        blend.Weights[0].ShouldBeGreaterThan(0.8);
        blend.Weights[1].ShouldBeInRange(0, 0.2);
    }

    [Fact]
    public void Fit_ScoreThatPointsTheWrongWay_GetsNoWeight()
    {
        // The second is the error of the first: it would help with a weight of -1.
        (double[][] scores, byte[] labels) = Draw(5000, 2, truth => [truth + (2 * Math.Sin(9 * truth)), 2 * Math.Sin(9 * truth)]);
        ScoreBlend blend = ScoreBlend.Fit(scores, labels, Ones(labels), _ => [1, 1], 5, [0, 0]);
        blend.Weights[1].ShouldBe(0);
        blend.Weights[0].ShouldBeInRange(0.1, 0.9);
    }

    [Fact]
    public void Fit_HardPull_StaysAtThePlainSum()
    {
        (double[][] scores, byte[] labels) = Draw(200, 3, truth => [truth, 0]);
        ScoreBlend blend = ScoreBlend.Fit(scores, labels, Ones(labels), _ => [1, 1], 1e9, [0, 0]);
        blend.Weights[0].ShouldBe(1, 1e-3);
        blend.Weights[1].ShouldBe(1, 1e-3);
    }

    [Fact]
    public void Fit_ScoreThatEarnsLessThanItsPrice_GetsNoWeight()
    {
        (double[][] scores, byte[] labels) = Draw(5000, 4, truth => [truth, truth]);
        ScoreBlend.Fit(scores, labels, Ones(labels), _ => [0.5, 0.5], 5, [0, 0]).Weights[1].ShouldBeGreaterThan(0);
        ScoreBlend.Fit(scores, labels, Ones(labels), _ => [0.5, 0.5], 5, [0, 4]).Weights[1].ShouldBe(0);
        (scores, labels) = Draw(5000, 4, truth => [0, truth]);
        ScoreBlend.Fit(scores, labels, Ones(labels), _ => [0.5, 0.5], 5, [0, 4]).Weights[1].ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Assign_Groups_NeverPartAndFoldsHoldPositivesEvenly()
    {
        int[] groups = [.. Enumerable.Range(0, 900).Select(row => row * 31 % 300)];
        byte[] labels = [.. groups.Select(group => (byte)(group % 10 == 0 ? 1 : 0))];
        int[] folds = GroupFolds.Assign(groups, labels, 5, 7);
        groups.Zip(folds).GroupBy(pair => pair.First).ShouldAllBe(group => group.Select(pair => pair.Second).Distinct().Count() == 1);
        for (int fold = 0; fold < 5; fold++)
        {
            GroupFolds.Rows(folds, fold, inside: true).Sum(row => labels[row]).ShouldBe(18);
        }

        GroupFolds.Assign([.. groups.Select(group => group * 1000)], labels, 5, 7).ShouldBe(folds);
    }

    private static float[] Ones(byte[] labels) => [.. labels.Select(_ => 1f)];

    private static (double[][] Scores, byte[] Labels) Draw(int rows, int seed, Func<double, double[]> score)
    {
        var random = new Random(seed);
        double[][] scores = [new double[rows], new double[rows]];
        var labels = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            double truth = (random.NextDouble() * 4) - 2;
            labels[row] = (byte)(random.NextDouble() < 1 / (1 + Math.Exp(-truth)) ? 1 : 0);
            double[] drawn = score(truth);
            scores[0][row] = drawn[0] + (0.01 * random.NextDouble());
            scores[1][row] = drawn[1] + (0.5 * (random.NextDouble() - 0.5));
        }

        return (scores, labels);
    }
}
