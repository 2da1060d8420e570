using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Training;

public sealed class TimeShiftTests
{
    private const int Rows = 3000;

    [Fact]
    public void Shows_RowsThatTellTheTimesApart_Shows()
    {
        // A column names the month, and months convert at rates of their own: within, random folds know all of them; the next is unknown.
        var random = new Random(1);
        TrainingTable table = Draw(random, (row, month) => month % 2 == 0 ? -2.5 : 1 + (month / 5.0));
        Shows(table).ShouldBeTrue();
    }

    [Fact]
    public void Shows_RowsInAnyOrder_DoesNot()
    {
        var random = new Random(2);
        for (int draw = 0; draw < 5; draw++)
        {
            Shows(Draw(random, (row, _) => (3 * row) - 1.5)).ShouldBeFalse();
        }
    }

    private static TrainingTable Draw(Random random, Func<float, int, double> logOdds)
    {
        var value = new float[Rows];
        var month = new float[Rows];
        var labels = new byte[Rows];
        for (int row = 0; row < Rows; row++)
        {
            value[row] = random.NextSingle();
            month[row] = row * 10 / Rows;
            labels[row] = (byte)(random.NextDouble() < 1 / (1 + Math.Exp(-logOdds(value[row], (int)month[row]))) ? 1 : 0);
        }

        FeatureColumn[] columns = [new("value", ColumnKind.Numeric), new("month", ColumnKind.Numeric)];
        return new TrainingTable(new FeatureTable(columns, [value, month], Rows), labels);
    }

    private static bool Shows(TrainingTable table)
    {
        int[] folds = GroupFolds.Assign(table.Groups, table.Labels, 5, 0);
        IPreparedLearner trees = new TreeLearner().Prepare(table, folds, new TrainerOptions(), default);
        double[] scores = OutOfFoldScores.Of(trees, table, folds, (_, _) => { }, default).Scores;
        return TimeShift.Shows(trees, scores, table, default);
    }
}
