using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

public sealed class ForwardGapTests
{
    [Fact]
    public void Variance_WhereTheLastFifthConvertsFarMore_IsWide() =>
        ForwardVariance(row => row < 0.8 ? -2 : -0.5).ShouldBeGreaterThan(0.5);

    [Fact]
    public void Variance_WhereNothingMoves_IsNarrow() =>
        ForwardVariance(_ => -1.5).ShouldBeLessThan(0.1);

    private static double ForwardVariance(Func<double, double> level)
    {
        const int Rows = 2000;
        var random = new Random(3);
        var labels = new byte[Rows];
        var values = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            values[row] = random.NextSingle();
            labels[row] = (byte)(random.NextDouble() < 1 / (1 + Math.Exp(-level((double)row / Rows))) ? 1 : 0);
        }

        var table = new TrainingTable(new FeatureTable([new FeatureColumn("value", ColumnKind.Numeric)], [values]), labels);
        IPreparedLearner learner = new LogisticLearner().Prepare(table, GroupFolds.Assign(table.Groups, labels, 5, 0), new TrainerOptions(), default);
        return ForwardGap.Variance(learner, table, default);
    }
}
