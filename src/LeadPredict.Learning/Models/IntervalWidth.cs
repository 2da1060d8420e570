using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Models;

/// <summary>Moves the ends of an interval away from its middle, in log-odds: errors that are independent of one another add up as squares.</summary>
internal static class IntervalWidth
{
    /// <summary>As many standard deviations to each side hold nine in ten of normal errors.</summary>
    public const double Z90 = 1.6448536269514722;

    /// <summary>Rates nearer to 0 and 1 than this are taken to be as near, so that their log-odds are finite.</summary>
    private const double Nearest = 1e-6;

    /// <summary>The interval with a further error, widened where needed so that it contains the probability.</summary>
    /// <param name="interval">Without the error.</param>
    /// <param name="probability">0 to 1.</param>
    /// <param name="variance">Of the error, in log-odds squared; 0 adds nothing.</param>
    public static ProbabilityInterval Widen(ProbabilityInterval interval, double probability, double variance)
    {
        double low = Math.Min(interval.Low, probability);
        double high = Math.Max(interval.High, probability);
        if (!(variance > 0))
        {
            return new(low, high);
        }

        // Rounding, and log-odds cut off near 0 and 1, must not make it narrower.
        double middle = LogOddsOf(probability);
        double lower = low <= 0 ? 0 : LogOdds.ToProbability(middle - Farther(LogOddsOf(low) - middle, variance));
        double upper = high >= 1 ? 1 : LogOdds.ToProbability(middle + Farther(LogOddsOf(high) - middle, variance));
        return new(Math.Min(low, lower), Math.Max(high, upper));
    }

    /// <summary>Moves one end away from the middle on the side where it stands; ends and middles at 0 and 1 stay.</summary>
    /// <param name="end">0 to 1.</param>
    /// <param name="middle">0 to 1.</param>
    /// <param name="variance">Of the error, in log-odds squared, 0 or more.</param>
    public static double Widen(double end, double middle, double variance)
    {
        if (end is <= 0 or >= 1 || middle is <= 0 or >= 1)
        {
            return end;
        }

        double distance = LogOddsOf(end) - LogOddsOf(middle);
        double farther = Farther(distance, variance);
        return LogOdds.ToProbability(LogOddsOf(middle) + (distance < 0 ? -farther : farther));
    }

    /// <summary>Whether an interval takes up 20 points or more.</summary>
    public static bool IsWide(ProbabilityInterval interval) => interval.High - interval.Low >= 0.2;

    /// <summary>Whether an interval is much wider than it were without an error: by a quarter in log-odds, on the side that is longer.</summary>
    /// <param name="interval">With the error.</param>
    /// <param name="probability">Within the interval.</param>
    /// <param name="variance">Of the error, in log-odds squared.</param>
    public static bool IsMuchWider(ProbabilityInterval interval, double probability, double variance)
    {
        const double LongerBy = 1.25;
        double middle = LogOddsOf(probability);
        double side = Math.Max(LogOddsOf(interval.High) - middle, middle - LogOddsOf(interval.Low));
        return Z90 * Z90 * variance >= side * side * (1 - (1 / (LongerBy * LongerBy)));
    }

    /// <summary>The log-odds of a rate, finite.</summary>
    public static double LogOddsOf(double rate) => LogOdds.Of(Math.Clamp(rate, Nearest, 1 - Nearest));

    private static double Farther(double distance, double variance) => Math.Sqrt((distance * distance) + (Z90 * Z90 * variance));
}
