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
    // The numeric terms' lines one after the other: a score goes over hundreds of terms, most with a few knots. Of each column, as singles in whole
    // vectors, the least values at which its next line begins (NaN fills up: no value reaches it), and where its lines stand; none for categories.
    private readonly int[] _starts;
    private readonly float[] _begins;
    private readonly int[] _lineStarts;
    private readonly Line[] _lines;
    private readonly double[] _missing;
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
        _missing = [.. terms.Select(term => term.Missing)];
        _averages = [.. terms.Select(term => term.Average)];
        _starts = new int[terms.Length + 1];
        _lineStarts = new int[terms.Length];
        var begins = new List<float>();
        var lines = new List<Line>();
        for (int i = 0; i < terms.Length; i++)
        {
            if (terms[i] is NumericTerm numeric)
            {
                _lineStarts[i] = lines.Count;
                lines.AddRange(Line.Of(numeric));
                begins.AddRange(numeric.Knots.Select(SingleBound.AtLeast));
                begins.AddRange(Enumerable.Repeat(float.NaN, -begins.Count & (Vector256<float>.Count - 1)));
            }

            _starts[i + 1] = begins.Count;
        }

        (_begins, _lines) = ([.. begins], [.. lines]);
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
        int column = 0;
        if (memory is not null)
        {
            Remember(row, memory);
            for (; column <= contributions.Length - Vector256<double>.Count; column += Vector256<double>.Count)
            {
                Span<double> four = contributions.Slice(column, Vector256<double>.Count);
                Vector256<double> beyond = Vector256.Create(memory.Added, column) - Vector256.Create(_averages, column);
                (Vector256.Create<double>(four) + (weight * beyond)).CopyTo(four);
            }
        }

        for (; column < contributions.Length; column++)
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
        if (float.IsNaN(value))
        {
            return _missing[column];
        }

        int start = _starts[column];
        int end = _starts[column + 1];
        if (start == end)
        {
            return Terms[column].Score(value);
        }

        // Counting has no branch that could be guessed wrong.
        int line = _lineStarts[column];
        Vector256<float> values = Vector256.Create(value);
        for (; start < end; start += Vector256<float>.Count)
        {
            line += BitOperations.PopCount(Vector256.GreaterThanOrEqual(values, Vector256.Create(_begins, start)).ExtractMostSignificantBits());
        }

        return _lines[line].At(value);
    }

    /// <summary>Refuses terms that do not fit the columns.</summary>
    internal void CheckColumns(IReadOnlyList<FeatureColumn> columns) => LinearTerm.CheckColumns("Linear.Terms", Terms, columns);

    /// <summary>A straight line from a knot on, level before the first and after the last.</summary>
    /// <param name="From">Where it begins.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="Width">From one to the other.</param>
    /// <param name="Value">What the column adds where it begins.</param>
    /// <param name="Rise">What is added more where it ends.</param>
    private readonly record struct Line(double From, double To, double Width, double Value, double Rise)
    {
        public static IEnumerable<Line> Of(NumericTerm term)
        {
            (ImmutableArray<double> knots, ImmutableArray<double> values) = (term.Knots, term.Values);
            yield return new(knots[0], knots[0], 1, values[0], 0);
            for (int i = 1; i < knots.Length; i++)
            {
                yield return new(knots[i - 1], knots[i], knots[i] - knots[i - 1], values[i - 1], values[i] - values[i - 1]);
            }

            yield return new(knots[^1], knots[^1], 1, values[^1], 0);
        }

        /// <summary>The same bits as <see cref="NumericTerm"/> gives.</summary>
        public double At(double value) => Value + ((double.MinNative(double.MaxNative(value, From), To) - From) / Width * Rise);
    }
}
