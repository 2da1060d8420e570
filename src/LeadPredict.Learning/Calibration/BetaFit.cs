namespace LeadPredict.Learning.Calibration;

/// <summary>
/// The beta map as a logistic regression on <c>ln s</c> and <c>-ln(1 - s)</c> with weights that may not be negative
/// (Kull, Silva Filho and Flach 2017), on Platt's smoothed targets so that a perfectly parted sample has a finite answer.
/// </summary>
internal static class BetaFit
{
    public static BetaCurve Fit(CalibrationSample sample)
    {
        double[] ones = new double[sample.Raw.Length];
        Array.Fill(ones, 1.0);
        double[] low = Array.ConvertAll(sample.Raw, raw => -LogOdds.Softplus(-raw));
        double[] high = Array.ConvertAll(sample.Raw, LogOdds.Softplus);
        double[] targets = sample.SmoothedTargets();
        double level = SigmoidFit.Level(sample, targets);

        double[] both = NewtonLogit.Minimize([low, high, ones], targets, sample.Weights, [0.0, 0.0, level]).Coefficients;
        if (both[0] >= 0.0 && both[1] >= 0.0)
        {
            return new BetaCurve(both[0], both[1], both[2]);
        }

        // The loss is convex: where the free optimum lies outside, the allowed one has a weight of exactly 0.
        NewtonLogit.Fit onlyLow = NewtonLogit.Minimize([low, ones], targets, sample.Weights, [0.0, level]);
        NewtonLogit.Fit onlyHigh = NewtonLogit.Minimize([high, ones], targets, sample.Weights, [0.0, level]);
        bool lowAllowed = onlyLow.Coefficients[0] > 0.0;
        bool highAllowed = onlyHigh.Coefficients[0] > 0.0;
        if (lowAllowed && (!highAllowed || onlyLow.Loss <= onlyHigh.Loss))
        {
            return new BetaCurve(onlyLow.Coefficients[0], 0.0, onlyLow.Coefficients[1]);
        }

        return highAllowed
            ? new BetaCurve(0.0, onlyHigh.Coefficients[0], onlyHigh.Coefficients[1])
            : new BetaCurve(0.0, 0.0, level);
    }
}
