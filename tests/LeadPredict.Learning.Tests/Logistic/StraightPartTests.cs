using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Logistic;

public sealed class StraightPartTests
{
    [Fact]
    public void Find_FewRowsAndManyColumnsThatShowOneThing_TakesMuchOfThePlainOne()
    {
        // Each column alone is weak beside its noise, so that none of them passes for a signal.
        (TrainingTable table, int[] folds) = Draw(rows: 120, (hidden, random) => [.. Enumerable.Range(0, 25).Select(_ => hidden + (1.5 * Normal(random)))]);

        StraightPart part = StraightPart.Find(Fitter(table), table, folds, default);

        part.Share.ShouldBeGreaterThanOrEqualTo(0.5);
    }

    [Fact]
    public void Find_ACurveThatNoLineFollows_TakesLittleOfThePlainOne()
    {
        (TrainingTable table, int[] folds) = Draw(rows: 1500, (hidden, random) => [(random.Next(2) == 0 ? -1 : 1) * Math.Sqrt(Math.Exp(hidden))]);

        StraightPart.Find(Fitter(table), table, folds, default).Share.ShouldBeLessThan(0.3);
    }

    [Fact]
    public void WithoutFold_IsTheAverageOfTheFitsWithoutIt()
    {
        (TrainingTable table, int[] folds) = Draw(rows: 200, (hidden, random) => [hidden, Normal(random)]);
        LogisticFitter fitter = Fitter(table);

        StraightPart part = StraightPart.Find(fitter, table, folds, default);

        int[] others = GroupFolds.Rows(folds, 1, inside: false);
        double[] found = fitter.Found(others, default);
        double[] straight = fitter.Straight(others, part.Ridge, default);
        for (int i = 0; i < found.Length; i++)
        {
            part.WithoutFold[1][i].ShouldBe(((1 - part.Share) * found[i]) + (part.Share * straight[i]), 0.01);
        }
    }

    private static LogisticFitter Fitter(TrainingTable table) => new(table, new LogisticDesign(table.Features), null);

    /// <summary>The label follows a hidden number that the columns show.</summary>
    private static (TrainingTable Table, int[] Folds) Draw(int rows, Func<double, Random, double[]> show)
    {
        var random = new Random(7);
        var shown = new double[rows][];
        var labels = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            double hidden = Normal(random);
            shown[row] = show(hidden, random);
            labels[row] = (byte)(random.NextDouble() < 1 / (1 + Math.Exp(-3 * hidden)) ? 1 : 0);
        }

        FeatureColumn[] columns = [.. shown[0].Select((_, i) => new FeatureColumn($"c{i}", ColumnKind.Numeric))];
        var table = new TrainingTable(new FeatureTable(columns, [.. columns.Select((_, i) => shown.Select(row => (float)row[i]).ToArray())]), labels);
        return (table, GroupFolds.Assign(table.Groups, labels, 5, 0));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
