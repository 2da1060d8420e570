namespace LeadPredict.Learning.Calibration;

/// <summary>From log-odds to probability and back, in forms that neither overflow nor lose small values.</summary>
public static class LogOdds
{
    /// <summary>Where a logarithm of a probability is needed, none is taken to be closer to 0 or to 1 than this.</summary>
    public const double SmallestProbability = 1e-15;

    /// <summary><c>1 / (1 + e^-x)</c>: 0 at minus infinity, 1 at plus infinity; NaN stays NaN.</summary>
    /// <param name="logOdds">Any number.</param>
    public static double ToProbability(double logOdds)
    {
        if (logOdds >= 0)
        {
            return 1.0 / (1.0 + Math.Exp(-logOdds));
        }

        // e^x cannot overflow here, and small probabilities keep their digits.
        double e = Math.Exp(logOdds);
        return e / (1.0 + e);
    }

    /// <summary><c>ln(p / (1 - p))</c>, the inverse of <see cref="ToProbability"/>.</summary>
    /// <param name="probability">From 0 to 1; the ends give the infinities.</param>
    public static double Of(double probability) => Math.Log(probability) - Log1P(-probability);

    /// <summary><c>ln(1 + e^x)</c>: the loss of a negative with log-odds x. Zero at minus infinity.</summary>
    /// <param name="x">Any number.</param>
    public static double Softplus(double x) => Math.Max(x, 0.0) + Log1P(Math.Exp(-Math.Abs(x)));

    /// <summary>Log loss of one row in nats, with the probability kept <see cref="SmallestProbability"/> away from 0 and 1 so that it is finite.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="positive">Whether the row is a positive.</param>
    public static double Loss(double probability, bool positive) =>
        -Math.Log(Math.Max(positive ? probability : 1.0 - probability, SmallestProbability));

    /// <summary><c>ln(1 + x)</c> without losing the digits of a small x (Kahan's correction).</summary>
    private static double Log1P(double x)
    {
        double u = 1.0 + x;
        return u == 1.0 ? x : double.IsInfinity(u) || u == 0.0 ? Math.Log(u) : Math.Log(u) * x / (u - 1.0);
    }
}
