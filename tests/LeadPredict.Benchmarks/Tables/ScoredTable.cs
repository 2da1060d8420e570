using System.Globalization;

namespace LeadPredict.Benchmarks.Tables;

/// <summary>A row that 'score' wrote.</summary>
internal readonly record struct ScoredCells(double Label, double Probability, double Low, double High);

/// <summary>What the scores of a test table are worth.</summary>
/// <param name="Rows">Labels, probabilities and intervals.</param>
internal sealed record ScoredTable(ScoredCells[] Rows)
{
    private const int CalibrationBins = 15;
    private const int MostGroups = 10;

    /// <summary>The rate of a group with fewer conversions is chance more than anything.</summary>
    private const int ConversionsAGroup = 15;

    /// <summary>Reads the last four columns: label, probability, low, high.</summary>
    public static async Task<ScoredTable> ReadAsync(string file) => new(
    [
        .. (await File.ReadAllLinesAsync(file)).Skip(1).Select(line => line.Split(',')).Select(
            cells => new ScoredCells(Number(cells[^4]), Number(cells[^3]), Number(cells[^2]), Number(cells[^1]))),
    ]);

    public double LogLoss => Rows.Average(row => Loss(row.Label, row.Probability));

    /// <summary>The log loss of the same probability for all.</summary>
    public double LossOf(double rate) => Rows.Average(row => Loss(row.Label, rate));

    /// <summary>Fifteen bins of as many rows each: mean distance of rate and mean probability.</summary>
    public double Ece => Bins().Sum(bin => Math.Abs(bin.Sum(row => row.Label - row.Probability))) / Rows.Length;

    /// <summary>The ECE to be expected of so many rows if every probability were right: the mean size of a normal draw is the root of 2 / pi.</summary>
    public double EceOfChance => Bins().Sum(bin => Math.Sqrt(2 / Math.PI * bin.Sum(row => row.Probability * (1 - row.Probability)))) / Rows.Length;

    /// <summary>The slope of a logistic regression of the labels on the log-odds: above 1 where scores are too close together.</summary>
    public double Slope
    {
        get
        {
            const int Steps = 25;
            (double level, double slope) = (0, 1);
            for (int step = 0; step < Steps; step++)
            {
                double g0 = 0, g1 = 0, h00 = 1e-9, h01 = 0, h11 = 1e-9;
                foreach (ScoredCells row in Rows)
                {
                    double p = Math.Clamp(row.Probability, 1e-6, 1 - 1e-6);
                    double x = Math.Log(p / (1 - p));
                    double fitted = 1 / (1 + Math.Exp(-(level + (slope * x))));
                    double curvature = fitted * (1 - fitted);
                    g0 += row.Label - fitted;
                    g1 += (row.Label - fitted) * x;
                    h00 += curvature;
                    h01 += curvature * x;
                    h11 += curvature * x * x;
                }

                double determinant = (h00 * h11) - (h01 * h01) + 1e-9;
                level += Math.Clamp(((h11 * g0) - (h01 * g1)) / determinant, -1, 1);
                slope += Math.Clamp(((h00 * g1) - (h01 * g0)) / determinant, -1, 1);
            }

            return slope;
        }
    }

    /// <summary>The mean width of the intervals.</summary>
    public double Width => Rows.Average(row => row.High - row.Low);

    /// <summary>The share of groups of like score whose rate lies within the group's mean interval: ten groups, or fewer where that leaves a group under fifteen conversions.</summary>
    public double Held
    {
        get
        {
            int groups = Math.Clamp(Rows.Count(row => row.Label > 0.5) / ConversionsAGroup, 2, MostGroups);
            int held = 0;
            foreach (ScoredCells[] group in Rows.OrderBy(row => row.Probability).Chunk((Rows.Length + groups - 1) / groups))
            {
                double observed = group.Average(row => row.Label);
                held += observed >= group.Average(row => row.Low) && observed <= group.Average(row => row.High) ? 1 : 0;
            }

            return held / (double)groups;
        }
    }

    private IEnumerable<ScoredCells[]> Bins()
    {
        ScoredCells[] ordered = [.. Rows.OrderBy(row => row.Probability)];
        return Enumerable.Range(0, CalibrationBins).Select(bin => ordered[(bin * ordered.Length / CalibrationBins)..((bin + 1) * ordered.Length / CalibrationBins)]);
    }

    private static double Loss(double label, double p) => -Math.Log(Math.Clamp(label > 0.5 ? p : 1 - p, 1e-6, 1));

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
