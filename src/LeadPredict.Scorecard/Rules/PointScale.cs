namespace LeadPredict.Scorecard.Rules;

/// <summary>Points are counted in eighths: sums of eighths are exact in binary, so the items of a result add up to its points to the last bit.</summary>
internal static class PointScale
{
    /// <summary>The largest number of points, limit or threshold that a file may name, either side of zero.</summary>
    public const double Largest = 10_000;

    private const double Steps = 8;

    /// <summary>Whether the number is a whole number of eighths.</summary>
    public static bool IsExact(double points) => Math.Floor(points * Steps) == points * Steps;

    /// <summary>The nearest whole number of eighths; halves go away from zero.</summary>
    public static double Round(double points) => Math.Round(points * Steps, MidpointRounding.AwayFromZero) / Steps;
}
