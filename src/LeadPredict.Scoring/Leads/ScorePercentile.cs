namespace LeadPredict.Scoring.Leads;

/// <summary>
/// The score of 0 to 100: the percentile of a final probability (P(close) where there is one) among the reference leads, rounded to the
/// nearest whole number. Of two leads the one with the higher probability never has the lower score.
/// </summary>
public static class ScorePercentile
{
    /// <summary>Looks a probability up.</summary>
    /// <param name="quantiles">101 quantiles of the reference leads, never falling.</param>
    /// <param name="probability">0 to 1.</param>
    /// <returns>0 to 100; in a run of equal quantiles its middle, so that many alike leads get the middle of their ranks.</returns>
    public static int Of(IReadOnlyList<double> quantiles, double probability)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        int below = 0;
        int notAbove = 0;
        for (int i = 0; i < quantiles.Count; i++)
        {
            below += quantiles[i] < probability ? 1 : 0;
            notAbove += quantiles[i] <= probability ? 1 : 0;
        }

        double knot;
        if (notAbove > below)
        {
            knot = (below + notAbove - 1) / 2.0;
        }
        else if (below == 0 || below == quantiles.Count)
        {
            knot = below == 0 ? 0 : quantiles.Count - 1;
        }
        else
        {
            double low = quantiles[below - 1];
            knot = below - 1 + ((probability - low) / (quantiles[below] - low));
        }

        return (int)Math.Round(100 * knot / (quantiles.Count - 1), MidpointRounding.AwayFromZero);
    }
}
