namespace LeadPredict.Scorecard.Rules;

/// <summary>How the points of a touch fade with its age.</summary>
/// <param name="HalfLifeDays">The age in days at which half is left (0.5^(age / half-life)), or null for no fading; positive.</param>
/// <param name="ExpiresDays">The age in days up to which a touch counts at all: those in <c>[AsOf - days, AsOf)</c>; null for ever; positive.</param>
public sealed record PointDecay(double? HalfLifeDays, double? ExpiresDays)
{
    /// <summary>The share of the points left at an age, from 0 to 1.</summary>
    /// <param name="age">AsOf less OccurredAt; not negative.</param>
    public double Share(TimeSpan age)
    {
        if (ExpiresDays is { } last && age > TimeSpan.FromDays(last))
        {
            return 0;
        }

        return HalfLifeDays is { } half ? Math.Pow(0.5, age.TotalDays / half) : 1;
    }
}
