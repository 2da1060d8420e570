namespace LeadPredict.Learning.Calibration;

/// <summary>
/// A monotone non-decreasing map from a raw score (log-odds) to a probability. Closed: the four cases of this folder are all there are.
/// </summary>
/// <remarks>Immutable, compared by value and safe to use from many threads; <see cref="Probability"/> allocates nothing.</remarks>
public abstract record CalibrationCurve
{
    private protected CalibrationCurve()
    {
    }

    /// <summary>The method that makes curves of this kind; never <see cref="CalibrationMethod.Auto"/>.</summary>
    public abstract CalibrationMethod Method { get; }

    /// <summary>The calibrated probability of a raw score.</summary>
    /// <param name="raw">The raw score, any number; infinities give the curve's ends and NaN the value at 0, since no score means no evidence.</param>
    /// <returns>A number from 0 to 1, never NaN, and never lower for a higher score.</returns>
    public double Probability(double raw) => Math.Clamp(Evaluate(double.IsNaN(raw) ? 0.0 : raw), 0.0, 1.0);

    /// <summary>The curve at a raw score that is not NaN.</summary>
    private protected abstract double Evaluate(double raw);
}
