namespace LeadPredict.Scorecard.Rules;

/// <summary>How far points may go, both ends included; an open end is null.</summary>
/// <param name="Min">The least, or null for no bound.</param>
/// <param name="Max">The most, or null for no bound; not below <paramref name="Min"/>.</param>
public sealed record PointLimits(double? Min, double? Max)
{
    /// <summary>No bound at either end.</summary>
    public static readonly PointLimits None = new(null, null);

    /// <summary>The points brought inside.</summary>
    public double Apply(double points) => Math.Min(Math.Max(points, Min ?? double.NegativeInfinity), Max ?? double.PositiveInfinity);
}
