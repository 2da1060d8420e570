using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Tests.Evaluation;

/// <summary>Probabilities that are right, with labels drawn from them; groups of four share a shift, as the leads of one account do.</summary>
internal sealed record DrawnRows(double[] Probabilities, byte[] Labels, int[] Groups)
{
    public static DrawnRows Draw(int rows, int seed, double level = -1.0, double spread = 1.2, int decimals = 15)
    {
        Random random = new(seed);
        double[] p = new double[rows];
        byte[] labels = new byte[rows];
        double shift = 0.0;
        for (int i = 0; i < rows; i++)
        {
            shift = i % 4 == 0 ? (random.NextDouble() - 0.5) * 2.0 : shift;
            p[i] = Math.Round(LogOdds.ToProbability(level + shift + (spread * ((random.NextDouble() * 4.0) - 2.0))), decimals);
            labels[i] = random.NextDouble() < p[i] ? (byte)1 : (byte)0;
        }

        return new DrawnRows(p, labels, [.. Enumerable.Range(0, rows).Select(i => i / 4)]);
    }
}
