namespace LeadPredict.Training.Train;

/// <summary>The 0, 1, ... 100 % quantiles of a model's probabilities: what a later score's percentile is read from.</summary>
internal static class Percentiles
{
    /// <summary>101 rising values; where there are none, those of an even spread from 0 to 1.</summary>
    public static double[] Of(IEnumerable<double> probabilities)
    {
        double[] sorted = [.. probabilities];
        Array.Sort(sorted);
        return
        [
            .. Enumerable.Range(0, 101).Select(percent => sorted.Length == 0
                ? percent / 100.0
                : sorted[(int)Math.Round(percent / 100.0 * (sorted.Length - 1), MidpointRounding.AwayFromZero)]),
        ];
    }
}
