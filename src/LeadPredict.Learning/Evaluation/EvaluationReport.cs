namespace LeadPredict.Learning.Evaluation;

/// <summary>How well probabilities fit what happened, on rows that they were not learned from.</summary>
/// <remarks>Every <see cref="Metric"/> but <see cref="Ece"/> carries a 95 % bootstrap interval. Logarithms are natural.</remarks>
public sealed record EvaluationReport
{
    /// <summary>Rows.</summary>
    public required int N { get; init; }

    /// <summary>Rows that converted.</summary>
    public required int Positives { get; init; }

    /// <summary><see cref="Positives"/> / <see cref="N"/>.</summary>
    public required double BaseRate { get; init; }

    /// <summary>Mean of <c>-ln p</c> of what happened; lower is better. Probabilities are kept 1e-15 away from 0 and 1.</summary>
    public required Metric LogLoss { get; init; }

    /// <summary>Mean squared distance of probability and outcome; lower is better. Brier 1950.</summary>
    public required Metric Brier { get; init; }

    /// <summary>
    /// Expected calibration error: mean of |observed rate - mean probability| over 15 bins of equal count, weighted by count.
    /// Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015. It has no interval: chance alone raises it, more so in a resample, so that
    /// resamples lie above what they are drawn from. <see cref="EceByChance"/> is what to hold it against.
    /// </summary>
    public required Metric Ece { get; init; }

    /// <summary>
    /// The <see cref="Ece"/> to expect of these probabilities where each is right and rows convert independently: an ECE near it is no sign of a fault. Null in
    /// reports of versions before.
    /// </summary>
    public double? EceByChance { get; init; }

    /// <summary>Slope of the outcome's log-odds on the predicted log-odds: 1 is right, below 1 too sure, above 1 too timid. Cox 1958. Undefined when all rows score the same.</summary>
    public required Metric CalibrationSlope { get; init; }

    /// <summary>
    /// Calibration in the large: what has to be added to the predicted log-odds (slope held at 1) for the mean to fit. 0 is right, below 0 too high on the
    /// whole. Van Calster et al., "Calibration: the Achilles heel of predictive analytics", 2019.
    /// </summary>
    public required Metric CalibrationIntercept { get; init; }

    /// <summary>Chance that a random positive ranks above a random negative, ties counting half: 0.5 is chance. Hanley and McNeil 1982.</summary>
    public required Metric Auc { get; init; }

    /// <summary>Area under precision and recall as average precision; the base rate is chance.</summary>
    public required Metric PrAuc { get; init; }

    /// <summary>Conversion rate of the best-ranked 10 % over the base rate; 1 is chance.</summary>
    public required Metric LiftAt10 { get; init; }

    /// <summary>Conversion rate of the best-ranked 20 % over the base rate; 1 is chance.</summary>
    public required Metric LiftAt20 { get; init; }

    /// <summary>Conversion rate of the best-ranked 10 % (rounded up to whole rows); ties at the edge count with their expected share.</summary>
    public required Metric PrecisionAt10 { get; init; }

    /// <summary>Conversion rate of the best-ranked 20 % (rounded up to whole rows); ties at the edge count with their expected share.</summary>
    public required Metric PrecisionAt20 { get; init; }

    /// <summary>The bins of <see cref="Ece"/>, from the lowest probability to the highest.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Conversion by tenth of the ranking, from the best to the worst.</summary>
    public required IReadOnlyList<ScoreBand> Bands { get; init; }
}
