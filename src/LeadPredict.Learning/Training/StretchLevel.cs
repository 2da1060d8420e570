using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Training;

/// <summary>By how much a stretch of the training rows, which are in time order, converts more than the scores say.</summary>
/// <param name="Start">Its first row.</param>
/// <param name="End">The first row of the next stretch.</param>
/// <param name="Level">What moves all its log-odds so that they fit it best.</param>
/// <param name="Variance">Of the level, by chance.</param>
internal readonly record struct StretchLevel(int Start, int End, double Level, double Variance)
{
    private const int MostStretches = 8;

    /// <summary>Fewer of the scarcer class in a stretch say nothing of its level.</summary>
    private const int LeastInStretch = 10;

    /// <summary>The levels of up to eight stretches of as many rows each; empty when there are too few rows of a class for two.</summary>
    /// <param name="scores">Out of fold, in log-odds.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">By row.</param>
    /// <param name="groups">By row: several rows of one lead say little more than one.</param>
    public static StretchLevel[] Of(double[] scores, byte[] labels, float[] weights, int[] groups)
    {
        int positives = labels.Count(label => label == 1);
        int stretches = Math.Min(MostStretches, Math.Min(positives, labels.Length - positives) / LeastInStretch);
        return stretches < 2 ? [] : [.. Enumerable.Range(0, stretches).Select(i => Fit(
            scores, labels, weights, groups, (int)((long)i * scores.Length / stretches), (int)((i + 1L) * scores.Length / stretches)))];
    }

    /// <summary>The level of the rows from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public static StretchLevel Fit(double[] scores, byte[] labels, float[] weights, int[] groups, int start, int end)
    {
        const int Steps = 20;
        double level = 0;
        double curvature = 0;
        for (int step = 0; step < Steps; step++)
        {
            double slope = 0;
            curvature = 1;
            for (int row = start; row < end; row++)
            {
                double p = LogOdds.ToProbability(scores[row] + level);
                slope += weights[row] * (labels[row] - p);
                curvature += weights[row] * p * (1 - p);
            }

            // The 1 holds a stretch without a positive to something finite.
            level += Math.Clamp((slope - level) / curvature, -1, 1);
        }

        double rowsOfGroup = (end - start) / (double)groups[start..end].Distinct().Count();
        return new(start, end, level, rowsOfGroup / curvature);
    }
}
