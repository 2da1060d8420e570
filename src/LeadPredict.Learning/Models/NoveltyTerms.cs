using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.Intrinsics;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>
/// How much more than usual a row's score may be off because training rows had little or nothing like its values: for each column a variance
/// in log-odds squared over the values, 0 for those that are well known. Errors of columns count as independent, so variances add up.
/// </summary>
/// <remarks>Immutable and safe to use from many threads; looking up allocates nothing.</remarks>
public sealed class NoveltyTerms
{
    // Of each column what is not novel, so that most rows are done by three comparisons a column, eight columns at a time: the numbers from one bound to
    // the other, and NaN, in the third list, where a missing value is nothing new either.
    private readonly float[] _from;
    private readonly float[] _to;
    private readonly float[] _missing;

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
        (float From, float To)[] known = [.. terms.Select(Known)];
        _from = [.. known.Select(bounds => bounds.From)];
        _to = [.. known.Select(bounds => bounds.To)];
        _missing = [.. terms.Select(term => term is { Missing: > 0 } ? 0 : float.NaN)];
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
        int column = 0;
        for (; column <= _from.Length - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            Vector256<float> values = Vector256.Create(row[column..]);
            Vector256<float> known = Vector256.GreaterThanOrEqual(values, Vector256.Create(_from, column)) & Vector256.LessThanOrEqual(values, Vector256.Create(_to, column));
            Vector256<float> missing = Vector256.IsNaN(values) & Vector256.IsNaN(Vector256.Create(_missing, column));
            for (uint other = (~(known | missing)).ExtractMostSignificantBits(); other != 0; other &= other - 1)
            {
                Add(column + BitOperations.TrailingZeroCount(other), row, ref sum, ref largest, ref most);
            }
        }

        for (; column < _from.Length; column++)
        {
            Add(column, row, ref sum, ref largest, ref most);
        }

        return sum;
    }

    /// <summary>Refuses terms that do not fit the columns.</summary>
    internal void CheckColumns(IReadOnlyList<FeatureColumn> columns) => LinearTerm.CheckColumns("Novelty.Terms", Terms, columns);

    private void Add(int column, ReadOnlySpan<float> row, ref double sum, ref double largest, ref int most)
    {
        double variance = Terms[column]?.Score(row[column]) ?? 0;
        sum += variance;
        (largest, most) = variance > largest ? (variance, column) : (largest, most);
    }

    /// <summary>The numbers that add nothing; of codes none counts as known.</summary>
    private static (float From, float To) Known(LinearTerm? term)
    {
        if (term is null)
        {
            return (float.NegativeInfinity, float.PositiveInfinity);
        }

        (float, float) none = (float.PositiveInfinity, float.NegativeInfinity);
        if (term is not NumericTerm numeric)
        {
            return none;
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

        return first == numeric.Values.Length ? none : (SingleBound.AtLeast(numeric.Knots[first]), SingleBound.AtMost(numeric.Knots[last]));
    }
}
