namespace LeadPredict.Learning.Calibration;

/// <summary>
/// A piecewise linear curve through points (knot, value): level before the first knot and after the last, straight between.
/// Fitted by isotonic regression: Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates", 2002.
/// </summary>
public sealed record IsotonicCurve : CalibrationCurve
{
    private readonly double[] _knots;
    private readonly double[] _values;

    /// <summary>Checks and copies the points.</summary>
    /// <param name="knots">Raw scores, at least one, finite, strictly increasing.</param>
    /// <param name="values">Probabilities from 0 to 1, one for each knot, never decreasing.</param>
    /// <exception cref="CalibrationFormatException">The points break one of these rules.</exception>
    public IsotonicCurve(double[] knots, double[] values)
    {
        ArgumentNullException.ThrowIfNull(knots);
        ArgumentNullException.ThrowIfNull(values);
        if (knots.Length == 0 || knots.Length != values.Length)
        {
            throw new CalibrationFormatException(
                "isotonic", "points", FormattableString.Invariant($"{knots.Length} knots and {values.Length} values"), "as many values as knots, and at least one");
        }

        for (int i = 0; i < knots.Length; i++)
        {
            CurveParameter.Finite("isotonic", FormattableString.Invariant($"Knots[{i}]"), knots[i]);
            CurveParameter.Probability("isotonic", FormattableString.Invariant($"Values[{i}]"), values[i]);
            if (i > 0 && knots[i] <= knots[i - 1])
            {
                throw CurveParameter.Fault("isotonic", FormattableString.Invariant($"Knots[{i}]"), knots[i], FormattableString.Invariant($"more than the knot before it, {knots[i - 1]:R}"));
            }

            if (i > 0 && values[i] < values[i - 1])
            {
                throw CurveParameter.Fault("isotonic", FormattableString.Invariant($"Values[{i}]"), values[i], FormattableString.Invariant($"at least the value before it, {values[i - 1]:R}"));
            }
        }

        _knots = [.. knots];
        _values = [.. values];
    }

    /// <summary>Raw scores, strictly increasing.</summary>
    public IReadOnlyList<double> Knots => _knots;

    /// <summary>The probability at each knot, never decreasing.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <inheritdoc/>
    public override CalibrationMethod Method => CalibrationMethod.Isotonic;

    /// <summary>Equal when every knot and value is.</summary>
    /// <param name="other">Another curve, or null.</param>
    public bool Equals(IsotonicCurve? other) =>
        other is not null && _knots.AsSpan().SequenceEqual(other._knots) && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (double knot in _knots)
        {
            hash.Add(knot);
        }

        foreach (double value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private protected override double Evaluate(double raw)
    {
        int found = Array.BinarySearch(_knots, raw);
        if (found >= 0)
        {
            return _values[found];
        }

        int right = ~found;
        if (right == 0)
        {
            return _values[0];
        }

        if (right == _knots.Length)
        {
            return _values[^1];
        }

        // Halves keep the difference of two huge knots finite; clamping keeps rounding from breaking monotonicity at a knot.
        double share = ((raw * 0.5) - (_knots[right - 1] * 0.5)) / ((_knots[right] * 0.5) - (_knots[right - 1] * 0.5));
        double low = _values[right - 1];
        double high = _values[right];
        return Math.Clamp(low + (share * (high - low)), low, high);
    }
}
