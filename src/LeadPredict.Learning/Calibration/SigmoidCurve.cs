namespace LeadPredict.Learning.Calibration;

/// <summary>
/// <c>p = 1 / (1 + exp(-(A raw + B)))</c>: Platt, "Probabilistic outputs for support vector machines", 1999, with the signs turned
/// so that A = 1, B = 0 is no calibration.
/// </summary>
public sealed record SigmoidCurve : CalibrationCurve
{
    /// <summary>Checks and keeps the two parameters.</summary>
    /// <param name="a">Slope, finite and at least 0; 0 gives the same probability to all.</param>
    /// <param name="b">Intercept in log-odds, finite.</param>
    /// <exception cref="CalibrationFormatException">A parameter is outside its range.</exception>
    public SigmoidCurve(double a, double b)
    {
        A = CurveParameter.NonNegative("sigmoid", nameof(A), a);
        B = CurveParameter.Finite("sigmoid", nameof(B), b);
    }

    /// <summary>Slope on the raw score, at least 0.</summary>
    public double A { get; }

    /// <summary>Intercept in log-odds.</summary>
    public double B { get; }

    /// <inheritdoc/>
    public override CalibrationMethod Method => CalibrationMethod.Sigmoid;

    // A zero slope times an infinite score would be NaN, so it is not multiplied.
    private protected override double Evaluate(double raw) => LogOdds.ToProbability(A == 0.0 ? B : (A * raw) + B);
}
