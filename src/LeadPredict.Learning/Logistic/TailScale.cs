namespace LeadPredict.Learning.Logistic;

/// <summary>
/// The scale on which a line through a numeric column is straight: the values themselves within two quartile distances of the median, and
/// beyond them, where a column without long tails has hardly a value, their logarithm: with <c>u = (value - median) / (2 quartile
/// distances)</c>, <c>u</c> up to 1 and <c>1 + ln u</c> from there on, and likewise below. The slope of a count or an amount with a long tail
/// would else be that of its few largest values.
/// </summary>
internal sealed class TailScale
{
    private const double QuartileDistances = 2;

    /// <summary>How much of the values lies outside on each side: where the quartiles are equal, as of counts that are mostly 0, the next is taken.</summary>
    private static readonly double[] Outside = [0.25, 0.1, 0.05, 0.01, 0.005];

    private readonly double _median;
    private readonly double _unit = 1;

    /// <summary>The scale of values that are not missing, in increasing order.</summary>
    public TailScale(ReadOnlySpan<float> sorted)
    {
        if (sorted.IsEmpty)
        {
            return;
        }

        _median = KnotPlacement.Quantile(sorted, 0.5);
        foreach (double outside in Outside)
        {
            double distance = KnotPlacement.Quantile(sorted, 1 - outside) - KnotPlacement.Quantile(sorted, outside);
            if (distance > 0)
            {
                _unit = QuartileDistances * distance;
                return;
            }
        }
    }

    /// <summary>The place of a value on the scale.</summary>
    public double Of(double value)
    {
        double u = (value - _median) / _unit;
        return Math.Abs(u) <= 1 ? u : Math.Sign(u) * (1 + Math.Log(Math.Abs(u)));
    }

    /// <summary>The value at a place on the scale.</summary>
    public double ValueAt(double place) =>
        _median + (_unit * (Math.Abs(place) <= 1 ? place : Math.Sign(place) * Math.Exp(Math.Abs(place) - 1)));
}
