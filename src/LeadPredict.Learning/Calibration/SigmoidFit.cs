namespace LeadPredict.Learning.Calibration;

/// <summary>Platt's sigmoid by Newton's method on his smoothed targets (Platt 1999; Lin, Lin and Weng 2007).</summary>
internal static class SigmoidFit
{
    public static SigmoidCurve Fit(CalibrationSample sample)
    {
        double[] ones = new double[sample.Raw.Length];
        Array.Fill(ones, 1.0);
        double[] targets = sample.SmoothedTargets();
        double level = Level(sample, targets);
        double[] found = NewtonLogit.Minimize([sample.Raw, ones], targets, sample.Weights, [0.0, level]).Coefficients;

        // A score that ranks the wrong way says nothing that may be trusted: all get the base rate.
        return found[0] > 0.0 ? new SigmoidCurve(found[0], found[1]) : new SigmoidCurve(0.0, level);
    }

    /// <summary>Log-odds of the mean target: the best curve that does not look at the score.</summary>
    internal static double Level(CalibrationSample sample, double[] targets)
    {
        double sum = 0.0;
        for (int i = 0; i < targets.Length; i++)
        {
            sum += sample.Weights[i] * targets[i];
        }

        return LogOdds.Of(sum / sample.TotalWeight);
    }
}
