using System.Collections.Immutable;
using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// How a numeric column enters the logistic model: straight lines between knots at quantiles, level beyond the outer 0.5 %. The coefficients
/// are the heights at the knots, the first knot's being 0, so a value touches at most two of them. A missing value has a coefficient of its
/// own when some were missing.
/// </summary>
/// <remarks>
/// The penalty is that of a line plus bends: with rises <c>d</c> between knots, stretch lengths <c>l</c> in standard deviations and slope
/// <c>a</c>, it is the least over a of <c>a² + BendPenalty Σ (d - a l)²</c>; the missing coefficient is pulled to the column's mean height.
/// </remarks>
internal sealed class NumericBasis : IColumnBasis
{
    /// <summary>How many times dearer a bend is than the slope: it needs more evidence.</summary>
    private const double BendPenalty = 2;

    private readonly double[] _knots;
    private readonly double[] _lengths;
    private readonly double[] _means;
    private readonly int _first;
    private readonly bool _hasMissing;

    /// <summary>Learns the knots of a column; its coefficients start at place <paramref name="first"/>.</summary>
    public NumericBasis(ReadOnlySpan<float> values, int first)
    {
        _first = first;
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        int missing = sorted.Count(float.IsNaN);
        ReadOnlySpan<float> present = sorted.AsSpan(missing);
        _hasMissing = missing > 0;
        _knots = KnotPlacement.Find(present);
        double deviation = Deviation(present);
        _lengths = new double[Stretches];
        for (int i = 0; i < Stretches; i++)
        {
            _lengths[i] = (_knots[i + 1] - _knots[i]) / deviation;
        }

        _means = new double[Stretches];
        foreach (float value in present)
        {
            if (Stretches > 0)
            {
                (int stretch, double share) = Locate(value);
                _means[stretch] += share / present.Length;
                if (stretch > 0)
                {
                    _means[stretch - 1] += (1 - share) / present.Length;
                }
            }
        }
    }

    public int Count => Stretches + (_hasMissing ? 1 : 0);

    private int Stretches => Math.Max(0, _knots.Length - 1);

    public void AddPenalty(double[] penalty, int size)
    {
        // Rise j is height j + 1 minus height j; height 0 has no coefficient.
        double squares = _lengths.Sum(length => length * length);
        for (int j = 0; j < Stretches; j++)
        {
            for (int k = 0; k < Stretches; k++)
            {
                double weight = Stretches == 1
                    ? 1 / squares
                    : (j == k ? BendPenalty : 0) - (BendPenalty * BendPenalty * _lengths[j] * _lengths[k] / (1 + (BendPenalty * squares)));
                Add(penalty, size, j, k, weight);
                Add(penalty, size, j - 1, k, -weight);
                Add(penalty, size, j, k - 1, -weight);
                Add(penalty, size, j - 1, k - 1, weight);
            }
        }

        if (_hasMissing)
        {
            Add(penalty, size, Stretches, Stretches, 1);
            for (int j = 0; j < Stretches; j++)
            {
                Add(penalty, size, Stretches, j, -_means[j]);
                Add(penalty, size, j, Stretches, -_means[j]);
                for (int k = 0; k < Stretches; k++)
                {
                    Add(penalty, size, j, k, _means[j] * _means[k]);
                }
            }
        }
    }

    public void Append(float value, SparseRows rows)
    {
        if (float.IsNaN(value))
        {
            if (_hasMissing)
            {
                rows.Add(_first + Stretches, 1);
            }
        }
        else if (Stretches > 0)
        {
            (int stretch, double share) = Locate(value);
            if (stretch > 0 && share < 1)
            {
                rows.Add(_first + stretch - 1, 1 - share);
            }

            if (share > 0)
            {
                rows.Add(_first + stretch, share);
            }
        }
    }

    public LinearTerm Term(ReadOnlySpan<double> coefficients, ReadOnlySpan<float> values)
    {
        var heights = new double[Math.Max(1, _knots.Length)];
        double mean = 0;
        for (int i = 0; i < Stretches; i++)
        {
            heights[i + 1] = coefficients[_first + i];
            mean += _means[i] * coefficients[_first + i];
        }

        double missing = _hasMissing ? coefficients[_first + Stretches] : mean;
        ImmutableArray<double> knots = _knots.Length == 0 ? [0.0] : [.. _knots];
        var term = new NumericTerm(knots, [.. heights], missing, 0);
        return new NumericTerm(knots, [.. heights], missing, ColumnAverage.Of(term, values));
    }

    private void Add(double[] penalty, int size, int i, int j, double value)
    {
        if (i >= 0 && j >= 0)
        {
            penalty[((_first + i) * size) + _first + j] += value;
        }
    }

    /// <summary>The stretch that a value lies on and how far along it, 0 to 1.</summary>
    private (int Stretch, double Share) Locate(float value)
    {
        int stretch = 0;
        while (stretch + 1 < Stretches && value >= _knots[stretch + 1])
        {
            stretch++;
        }

        return (stretch, Math.Clamp((value - _knots[stretch]) / (_knots[stretch + 1] - _knots[stretch]), 0, 1));
    }

    /// <summary>The standard deviation of the values, cut off at the outer knots.</summary>
    private double Deviation(ReadOnlySpan<float> present)
    {
        double sum = 0;
        double squares = 0;
        foreach (float value in present)
        {
            double cut = Math.Clamp(value, _knots[0], _knots[^1]) - _knots[0];
            sum += cut;
            squares += cut * cut;
        }

        double mean = sum / Math.Max(1, present.Length);
        double variance = (squares / Math.Max(1, present.Length)) - (mean * mean);
        return variance > 0 ? Math.Sqrt(variance) : 1;
    }
}
