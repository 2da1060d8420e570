namespace LeadPredict.Learning.Calibration;

/// <summary>How raw scores (log-odds) become probabilities.</summary>
public enum CalibrationMethod
{
    /// <summary>Chosen out of fold by log loss among the other four; see <see cref="CalibrationFitter.Choose"/>.</summary>
    Auto,

    /// <summary>The logistic function of the raw score as it is; see <see cref="IdentityCurve"/>.</summary>
    None,

    /// <summary>Platt's two-parameter sigmoid; see <see cref="SigmoidCurve"/>.</summary>
    Sigmoid,

    /// <summary>The three-parameter beta map of Kull, Silva Filho and Flach; see <see cref="BetaCurve"/>.</summary>
    Beta,

    /// <summary>Isotonic regression by pool-adjacent-violators, interpolated; see <see cref="IsotonicCurve"/>.</summary>
    Isotonic,
}
