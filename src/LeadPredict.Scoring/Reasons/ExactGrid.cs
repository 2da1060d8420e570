namespace LeadPredict.Scoring.Reasons;

/// <summary>
/// Multiples of 2^-40, about 1e-12: sums and differences of such numbers are exact in 64-bit floats as long as they stay below 2^12, which
/// log-odds do.
/// </summary>
internal static class ExactGrid
{
    private const double Step = 1.0 / (1L << 40);

    /// <summary>The nearest multiple.</summary>
    public static double Round(double value) => Math.Round(value / Step, MidpointRounding.ToEven) * Step;
}
