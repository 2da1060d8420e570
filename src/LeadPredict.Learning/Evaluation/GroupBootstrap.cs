using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Evaluation;

/// <summary>
/// Resamples whole groups with replacement, so that leads of one account are drawn together and the intervals are as wide as their
/// likeness demands. The n-th resample depends on the seed and the groups alone.
/// </summary>
internal sealed class GroupBootstrap
{
    private readonly int[] _groupOf;
    private readonly int[] _drawn;
    private readonly Random _random;

    public GroupBootstrap(ReadOnlySpan<int> groups, int rows, int seed, int resamples)
    {
        _random = new Random(seed);
        _groupOf = GroupFolds.Number(groups, rows);
        _drawn = new int[_groupOf.Max() + 1];
        Resamples = _drawn.Length > 1 ? resamples : 0;
    }

    /// <summary>How many resamples to draw: those asked for, or none where there is one group, since all would be the same and look like certainty.</summary>
    public int Resamples { get; }

    /// <summary>Draws the next resample: how often each row counts.</summary>
    /// <param name="counts">Overwritten, one a row.</param>
    public void Draw(Span<int> counts)
    {
        Array.Clear(_drawn);
        for (int i = 0; i < _drawn.Length; i++)
        {
            _drawn[_random.Next(_drawn.Length)]++;
        }

        for (int row = 0; row < counts.Length; row++)
        {
            counts[row] = _drawn[_groupOf[row]];
        }
    }

    /// <summary>The value with its percentile interval over resamples; undefined resamples are left out.</summary>
    public static Metric Interval(double value, ReadOnlySpan<double> resampled)
    {
        double[] sorted = [.. resampled.ToArray().Where(double.IsFinite).Order()];
        if (!double.IsFinite(value) || sorted.Length == 0)
        {
            return new Metric(value, double.NaN, double.NaN);
        }

        return new Metric(value, Math.Min(value, Quantile(sorted, 0.025)), Math.Max(value, Quantile(sorted, 0.975)));
    }

    /// <summary>Linear between order statistics: type 7 of Hyndman and Fan 1996.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
