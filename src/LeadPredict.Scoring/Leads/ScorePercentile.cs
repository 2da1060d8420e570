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
        int below = Count(quantiles, probability, orEqual: false);
        int notAbove = Count(quantiles, probability, orEqual: true);

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

    /// <summary>How many quantiles are below a probability, or also equal to it.</summary>
    private static int Count(IReadOnlyList<double> quantiles, double probability, bool orEqual)
    {
        int from = 0, to = quantiles.Count;
        while (from < to)
        {
            int middle = (from + to) / 2;
            double quantile = quantiles[middle];
            if (quantile < probability || (orEqual && quantile == probability))
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }
}
