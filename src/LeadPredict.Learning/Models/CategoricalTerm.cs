using System.Collections.Immutable;

namespace LeadPredict.Learning.Models;

/// <summary>A categorical column's part of a linear score: a number for each code.</summary>
public sealed record CategoricalTerm : LinearTerm
{
    private readonly double _bound;

    /// <summary>Checks and keeps the numbers.</summary>
    /// <param name="coefficients">What each code adds, in log-odds, finite; element 0 stands for "other" and for codes beyond the last.</param>
    /// <param name="missing">What a missing value adds.</param>
    /// <param name="average">What the column added on average in training.</param>
    /// <exception cref="ModelShapeException">There is no coefficient, or a number is not finite.</exception>
    public CategoricalTerm(ImmutableArray<double> coefficients, double missing, double average)
        : base(missing, average)
    {
        Coefficients = Finite("Term.Coefficients", coefficients);
        _bound = Largest(missing, coefficients);
    }

    /// <summary>What each code adds, in log-odds.</summary>
    public ImmutableArray<double> Coefficients { get; }

    internal override double Bound => _bound;

    internal override double Least => Math.Min(Missing, Coefficients.Min());

    internal override LinearTerm From(double average) => new CategoricalTerm(Coefficients, Missing, average);

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(CategoricalTerm? other) =>
        other is not null && Missing == other.Missing && Average == other.Average
        && Coefficients.AsSpan().SequenceEqual(other.Coefficients.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Missing, Average, Coefficients.Length, Coefficients[0]);

    private protected override double Evaluate(float value) =>
        value >= 0 && value < Coefficients.Length ? Coefficients[(int)value] : Coefficients[0];
}
