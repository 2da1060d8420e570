using System.Collections.Immutable;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>
/// How much more than usual a row's score may be off because training rows had little or nothing like its values: for each column a variance
/// in log-odds squared over the values, 0 for those that are well known. Errors of columns count as independent, so variances add up.
/// </summary>
/// <remarks>Immutable and safe to use from many threads; looking up allocates nothing.</remarks>
public sealed class NoveltyTerms
{
    private readonly Watched[] _watched;

    /// <summary>Checks and keeps the terms.</summary>
    /// <param name="terms">One a column, in the order of the model's columns; null for a column without novelty. What a term adds is a variance, 0 or more.</param>
    /// <exception cref="ModelShapeException">There is no list, or a variance is negative.</exception>
    public NoveltyTerms(ImmutableArray<LinearTerm?> terms)
    {
        if (terms.IsDefault)
        {
            throw new ModelShapeException("Novelty.Terms", "missing", "a term or null a column");
        }

        for (int i = 0; i < terms.Length; i++)
        {
            if (terms[i] is { Least: < 0 } wrong)
            {
                throw ModelShapeException.Of($"Novelty.Terms[{i}]", wrong.Least, "variances of 0 or more");
            }

            Bound += terms[i]?.Bound ?? 0;
        }

        Terms = terms;
        _watched = [.. terms.Select((term, column) => term is null ? default : Watched.Of(column, term)).Where(watched => watched.Term is not null)];
        ModelShapeException.Finite("largest possible novelty", Bound);
    }

    /// <summary>One a column, or null.</summary>
    public ImmutableArray<LinearTerm?> Terms { get; }

    /// <summary>No row's variance is larger than this.</summary>
    internal double Bound { get; }

    /// <summary>The variance of a row's score beyond the usual, in log-odds squared, 0 or more.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    public double Variance(ReadOnlySpan<float> row) => Variance(row, out _);

    /// <summary>The same, with the column that has the largest part in it.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    /// <param name="most">The first of the columns with the largest part; -1 where the variance is 0.</param>
    internal double Variance(ReadOnlySpan<float> row, out int most)
    {
        double sum = 0;
        double largest = 0;
        most = -1;
        foreach (ref readonly Watched watched in _watched.AsSpan())
        {
            float value = row[watched.Column];
            if (!(value >= watched.From && value <= watched.To))
            {
                double variance = watched.Term.Score(value);
                sum += variance;
                (largest, most) = variance > largest ? (variance, watched.Column) : (largest, most);
            }
        }

        return sum;
    }

    /// <summary>Refuses terms that do not fit the columns.</summary>
    internal void CheckColumns(IReadOnlyList<FeatureColumn> columns) => LinearTerm.CheckColumns("Novelty.Terms", Terms, columns);

    /// <summary>A column that may be novel, and the numbers that are not: most rows are done by two comparisons a column.</summary>
    private readonly record struct Watched(int Column, float From, float To, LinearTerm Term)
    {
        public static Watched Of(int column, LinearTerm term)
        {
            if (term is not NumericTerm numeric)
            {
                return new(column, float.PositiveInfinity, float.NegativeInfinity, term);
            }

            int first = 0;
            while (first < numeric.Values.Length && numeric.Values[first] > 0)
            {
                first++;
            }

            int last = first;
            while (last + 1 < numeric.Values.Length && numeric.Values[last + 1] == 0)
            {
                last++;
            }

            return first == numeric.Values.Length
                ? new(column, float.PositiveInfinity, float.NegativeInfinity, term)
                : new(column, Inside((float)numeric.Knots[first], numeric.Knots[first], 1), Inside((float)numeric.Knots[last], numeric.Knots[last], -1), term);
        }

        /// <summary>A single of at least, or at most, the knot.</summary>
        private static float Inside(float single, double knot, int direction) =>
            direction > 0 ? single < knot ? float.BitIncrement(single) : single : single > knot ? float.BitDecrement(single) : single;
    }
}
