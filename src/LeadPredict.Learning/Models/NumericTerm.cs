using System.Collections.Immutable;

namespace LeadPredict.Learning.Models;

/// <summary>
/// A numeric column's part of a linear score: straight lines between knots, level outside them. Two knots are a coefficient whose input is
/// cut off at the ends (winsorised); more of them bend, which suits counts with long tails.
/// </summary>
public sealed record NumericTerm : LinearTerm
{
    private readonly double _bound;

    /// <summary>Checks and keeps the points.</summary>
    /// <param name="knots">Values of the column, at least one, finite, strictly increasing.</param>
    /// <param name="values">What the column adds at each knot, in log-odds, finite, as are their differences.</param>
    /// <param name="missing">What a missing value adds.</param>
    /// <param name="average">What the column added on average in training.</param>
    /// <exception cref="ModelShapeException">The points break one of these rules.</exception>
    public NumericTerm(ImmutableArray<double> knots, ImmutableArray<double> values, double missing, double average)
        : base(missing, average)
    {
        Knots = Finite("Term.Knots", knots);
        Values = Finite("Term.Values", values);
        if (knots.Length != values.Length)
        {
            throw ModelShapeException.Of("Term.Values length", values.Length, $"as many values as knots, {knots.Length}");
        }

        for (int i = 1; i < knots.Length; i++)
        {
            if (knots[i] <= knots[i - 1])
            {
                throw ModelShapeException.Of($"Term.Knots[{i}]", knots[i], FormattableString.Invariant($"more than {knots[i - 1]:R}, the knot before"));
            }

            if (!double.IsFinite(values[i] - values[i - 1]))
            {
                throw ModelShapeException.Of($"Term.Values[{i}]", values[i], FormattableString.Invariant($"at a finite distance from {values[i - 1]:R}, the value before"));
            }
        }

        _bound = Largest(missing, values);
    }

    /// <summary>Values of the column, strictly increasing.</summary>
    public ImmutableArray<double> Knots { get; }

    /// <summary>What the column adds at each knot, in log-odds.</summary>
    public ImmutableArray<double> Values { get; }

    internal override double Bound => _bound;

    internal override double Least => Math.Min(Missing, Values.Min());

    internal override LinearTerm From(double average) => new NumericTerm(Knots, Values, Missing, average);

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(NumericTerm? other) =>
        other is not null && Missing == other.Missing && Average == other.Average
        && Knots.AsSpan().SequenceEqual(other.Knots.AsSpan()) && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Missing, Average, Knots.Length, Knots[0], Values[0]);

    private protected override double Evaluate(float value)
    {
        ReadOnlySpan<double> knots = Knots.AsSpan();
        int right = 0;
        while (right < knots.Length && knots[right] <= value)
        {
            right++;
        }

        if (right == 0)
        {
            return Values[0];
        }

        if (right == knots.Length)
        {
            return Values[^1];
        }

        double share = (value - knots[right - 1]) / (knots[right] - knots[right - 1]);
        return Values[right - 1] + (share * (Values[right] - Values[right - 1]));
    }
}
