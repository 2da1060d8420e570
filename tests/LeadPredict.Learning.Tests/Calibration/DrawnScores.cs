using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Tests.Calibration;

/// <summary>Raw scores with labels drawn from a known curve.</summary>
internal sealed record DrawnScores(double[] Raw, byte[] Labels)
{
    public static DrawnScores From(Func<double, double> probability, int rows, int seed, double mean = -1.0, double spread = 1.5)
    {
        Random random = new(seed);
        double[] raw = new double[rows];
        byte[] labels = new byte[rows];
        for (int i = 0; i < rows; i++)
        {
            double normal = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
            raw[i] = mean + (spread * normal);
            labels[i] = random.NextDouble() < probability(raw[i]) ? (byte)1 : (byte)0;
        }

        return new DrawnScores(raw, labels);
    }

    public static DrawnScores FromSigmoid(double a, double b, int rows, int seed) => From(raw => LogOdds.ToProbability((a * raw) + b), rows, seed);
}
