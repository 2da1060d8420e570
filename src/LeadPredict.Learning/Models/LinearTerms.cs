using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>A linear (additive) score: the sum of one term a column.</summary>
/// <remarks>Immutable and safe to use from many threads; scoring allocates nothing.</remarks>
public sealed class LinearTerms
{
    // The numeric terms' points one after the other: a score goes over hundreds of terms, most with a few knots.
    private readonly int[] _starts;
    private readonly double[] _knots;
    private readonly double[] _values;
    private readonly double[] _averages;

    /// <summary>Checks and keeps the terms.</summary>
    /// <param name="terms">One a column, in the order of the model's columns.</param>
    /// <exception cref="ModelShapeException">A term is missing.</exception>
    public LinearTerms(ImmutableArray<LinearTerm> terms)
    {
        if (terms.IsDefault)
        {
            throw new ModelShapeException("Linear.Terms", "missing", "one term a column");
        }

        for (int i = 0; i < terms.Length; i++)
        {
            if (terms[i] is null)
            {
                throw new ModelShapeException($"Linear.Terms[{i}]", "null", "a numeric or categorical term");
            }

            Mean += terms[i].Average;
            Bound += terms[i].Bound;
        }

        Terms = terms;
        _averages = [.. terms.Select(term => term.Average)];
        NumericTerm?[] numeric = [.. terms.Select(term => term as NumericTerm)];
        _starts = new int[terms.Length + 1];
        for (int i = 0; i < terms.Length; i++)
        {
            _starts[i + 1] = _starts[i] + (numeric[i]?.Knots.Length ?? 0);
        }

        _knots = [.. numeric.SelectMany(term => term?.Knots ?? [])];
        _values = [.. numeric.SelectMany(term => term?.Values ?? [])];
    }

    /// <summary>One a column.</summary>
    public ImmutableArray<LinearTerm> Terms { get; }

    /// <summary>The mean score over the training rows: what explanations start from.</summary>
    public double Mean { get; }

    /// <summary>No score is further from 0 than this.</summary>
    internal double Bound { get; }

    /// <summary>The sum of what the values add, in log-odds.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    public double Score(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int column = 0; column < Terms.Length; column++)
        {
            sum += Score(column, row[column]);
        }

        return sum;
    }

    /// <summary>The same bits as <see cref="Score(ReadOnlySpan{float})"/>; only columns whose value is not that of the memory's last row are looked at.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    /// <param name="memory">Of these terms and no others.</param>
    internal double Score(ReadOnlySpan<float> row, TermMemory memory)
    {
        Remember(row, memory);
        double sum = 0;
        foreach (double added in memory.Added)
        {
            sum += added;
        }

        return sum;
    }

    /// <summary>Adds to each column's contribution what its value adds beyond its average, times a weight.</summary>
    internal void Explain(ReadOnlySpan<float> row, double weight, Span<double> contributions, TermMemory? memory)
    {
        if (memory is not null)
        {
            Remember(row, memory);
        }

        for (int column = 0; column < contributions.Length; column++)
        {
            double added = memory is null ? Score(column, row[column]) : memory.Added[column];
            contributions[column] += weight * (added - _averages[column]);
        }
    }

    private void Remember(ReadOnlySpan<float> row, TermMemory memory)
    {
        // By bits, so that a missing value equals a missing value.
        ReadOnlySpan<uint> now = MemoryMarshal.Cast<float, uint>(row)[..Terms.Length];
        Span<uint> last = memory.Values;
        Span<double> added = memory.Added;
        int column = 0;
        for (; column <= now.Length - Vector256<uint>.Count; column += Vector256<uint>.Count)
        {
            uint other = (~Vector256.Equals(Vector256.Create(now[column..]), Vector256.Create(last[column..]))).ExtractMostSignificantBits();
            for (; other != 0; other &= other - 1)
            {
                int at = column + BitOperations.TrailingZeroCount(other);
                added[at] = Score(at, row[at]);
            }
        }

        for (; column < now.Length; column++)
        {
            added[column] = Score(column, row[column]);
        }

        now.CopyTo(last);
    }

    /// <summary>What one column's value adds: the same bits as its term gives.</summary>
    internal double Score(int column, float value)
    {
        int start = _starts[column];
        int end = _starts[column + 1];
        if (start == end || float.IsNaN(value))
        {
            return Terms[column].Score(value);
        }

        int right = start;
        while (right < end && _knots[right] <= value)
        {
            right++;
        }

        if (right == start || right == end)
        {
            return _values[right == start ? start : end - 1];
        }

        double share = (value - _knots[right - 1]) / (_knots[right] - _knots[right - 1]);
        return _values[right - 1] + (share * (_values[right] - _values[right - 1]));
    }

    /// <summary>Refuses terms that do not fit the columns.</summary>
    internal void CheckColumns(IReadOnlyList<FeatureColumn> columns) => LinearTerm.CheckColumns("Linear.Terms", Terms, columns);
}
