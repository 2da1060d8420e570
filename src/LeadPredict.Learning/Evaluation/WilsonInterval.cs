namespace LeadPredict.Learning.Evaluation;

/// <summary>The 95 % score interval of a proportion (Wilson 1927): inside [0, 1] and sensible for few rows, unlike the normal one.</summary>
public static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <summary>The interval of <paramref name="positives"/> out of <paramref name="n"/>; (0, 1) when n is 0.</summary>
    /// <param name="positives">From 0 to <paramref name="n"/>.</param>
    /// <param name="n">At least 0.</param>
    public static (double Low, double High) Of(double positives, double n)
    {
        if (n <= 0.0)
        {
            return (0.0, 1.0);
        }

        double rate = positives / n;
        double spread = Z * Z / n;
        double center = (rate + (spread / 2.0)) / (1.0 + spread);
        double half = Z / (1.0 + spread) * Math.Sqrt((rate * (1.0 - rate) / n) + (spread / (4.0 * n)));
        // Of none and of all the two cancel out but for the last bit.
        return (positives <= 0.0 ? 0.0 : Math.Max(0.0, center - half), positives >= n ? 1.0 : Math.Min(1.0, center + half));
    }
}
