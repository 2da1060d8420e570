using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Benchmarks;

/// <summary>Seeded tables of thirty numbers, ten of them continuous and twenty small counts, with a label that some of them move.</summary>
internal static class DrawnTables
{
    public const int Columns = 30;

    /// <summary>What the peers are trained with: 100 trees of 31 leaves, one fit.</summary>
    public static readonly TrainerOptions Options = new()
    {
        Learner = "trees",
        Trees = 100,
        Leaves = 31,
        LearningRate = 0.1,
        Calibration = LeadPredict.Learning.Calibration.CalibrationMethod.None,
        SingleFit = true,
    };

    public static TrainingTable Of(int rows, int seed)
    {
        var random = new Random(seed);
        float[][] values = [.. Enumerable.Range(0, Columns).Select(_ => new float[rows])];
        var labels = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                values[column][row] = column < 10 ? (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2 : random.Next(8);
            }

            double odds = values[0][row] - (values[1][row] * values[2][row]) + (0.3 * values[12][row]) - 2.5;
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? (byte)1 : (byte)0;
        }

        return new TrainingTable(
            new FeatureTable([.. Enumerable.Range(0, Columns).Select(column => new FeatureColumn($"f{column}", ColumnKind.Numeric))], values), labels);
    }

    /// <summary>The rows one after the other.</summary>
    public static float[] Flat(FeatureTable table)
    {
        var flat = new float[table.RowCount * table.Columns.Count];
        for (int row = 0; row < table.RowCount; row++)
        {
            table.CopyRow(row, flat.AsSpan(row * table.Columns.Count, table.Columns.Count));
        }

        return flat;
    }
}
