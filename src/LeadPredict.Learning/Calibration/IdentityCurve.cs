namespace LeadPredict.Learning.Calibration;

/// <summary>No calibration: the probability is the logistic function of the raw score.</summary>
public sealed record IdentityCurve : CalibrationCurve
{
    /// <inheritdoc/>
    public override CalibrationMethod Method => CalibrationMethod.None;

    private protected override double Evaluate(double raw) => LogOdds.ToProbability(raw);
}
