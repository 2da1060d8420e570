namespace LeadPredict.Learning.Calibration;

/// <summary>
/// <c>p = 1 / (1 + exp(-(C + A ln s - B ln(1 - s))))</c> with <c>s</c> the logistic function of the raw score: Kull, Silva Filho and Flach,
/// "Beta calibration: a well-founded and easily implemented improvement on logistic calibration for binary classifiers", AISTATS 2017.
/// A = B = 1, C = 0 is no calibration; A = B is Platt's sigmoid.
/// </summary>
public sealed record BetaCurve : CalibrationCurve
{
    /// <summary>Checks and keeps the three parameters.</summary>
    /// <param name="a">Weight of <c>ln s</c>: bends the curve where scores are low. Finite, at least 0.</param>
    /// <param name="b">Weight of <c>-ln(1 - s)</c>: bends the curve where scores are high. Finite, at least 0.</param>
    /// <param name="c">Intercept in log-odds, finite.</param>
    /// <exception cref="CalibrationFormatException">A parameter is outside its range.</exception>
    public BetaCurve(double a, double b, double c)
    {
        A = CurveParameter.NonNegative("beta", nameof(A), a);
        B = CurveParameter.NonNegative("beta", nameof(B), b);
        C = CurveParameter.Finite("beta", nameof(C), c);
    }

    /// <summary>Weight of <c>ln s</c>, at least 0.</summary>
    public double A { get; }

    /// <summary>Weight of <c>-ln(1 - s)</c>, at least 0.</summary>
    public double B { get; }

    /// <summary>Intercept in log-odds.</summary>
    public double C { get; }

    /// <inheritdoc/>
    public override CalibrationMethod Method => CalibrationMethod.Beta;

    // ln s = -softplus(-raw) and -ln(1 - s) = softplus(raw): no digits are lost however far out the score is.
    // A zero weight times an infinite logarithm would be NaN, so it is not multiplied.
    private protected override double Evaluate(double raw) =>
        LogOdds.ToProbability(C - (A == 0.0 ? 0.0 : A * LogOdds.Softplus(-raw)) + (B == 0.0 ? 0.0 : B * LogOdds.Softplus(raw)));
}
