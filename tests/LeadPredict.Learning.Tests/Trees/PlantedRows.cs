using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Trees;

/// <summary>Seeded rows: two numbers, one of them often missing, and a category of twelve codes.</summary>
internal static class PlantedRows
{
    public static readonly FeatureColumn[] Columns =
    [
        new("number", ColumnKind.Numeric), new("gappy", ColumnKind.Numeric), new("code", ColumnKind.Categorical, 12),
    ];

    public static FeatureTable Features(int count, int seed)
    {
        var random = new Random(seed);
        float[][] values = [new float[count], new float[count], new float[count]];
        for (int row = 0; row < count; row++)
        {
            values[0][row] = (float)random.NextDouble();
            values[1][row] = random.NextDouble() < 0.3 ? float.NaN : random.Next(0, 9);
            values[2][row] = random.NextDouble() < 0.1 ? float.NaN : random.Next(12);
        }

        return new FeatureTable(Columns, values);
    }

    /// <summary>Labels drawn with the log-odds that a rule gives.</summary>
    public static TrainingTable Draw(int count, int seed, Func<float[], double> logOdds, int rowsAGroup = 1)
    {
        FeatureTable features = Features(count, seed);
        var random = new Random(seed + 1);
        var labels = new byte[count];
        var row = new float[Columns.Length];
        for (int i = 0; i < count; i++)
        {
            features.CopyRow(i, row);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds(row))) ? (byte)1 : (byte)0;
        }

        return new TrainingTable(features, labels, null, [.. Enumerable.Range(0, count).Select(i => i / rowsAGroup)]);
    }

    public static double Curved(float[] row) =>
        -1 + (2 * Math.Sin(4 * row[0])) + (float.IsNaN(row[1]) ? 1 : row[1] * 0.2) + (row[2] is 3 or 5 or 8 ? 1.5 : 0);
}
