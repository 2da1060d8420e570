using System.Collections.Immutable;
using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// How a numeric column enters the logistic model: straight lines between knots at quantiles, level beyond the outer 0.5 %. The coefficients
/// are the heights at the knots, the first knot's being 0, so a value touches at most two of them. A missing value has a coefficient of its
/// own when some were missing.
/// </summary>
/// <remarks>
/// Held back by up to three forms: the slope of the line through the heights, in standard deviations; the changes of slope at the knots; and
/// the distance of the missing coefficient from the column's mean height.
/// </remarks>
internal sealed class NumericBasis : IColumnBasis
{
    /// <summary>A curve over the distance beyond an outer knot is served as straight lines between these shares of the knots' span.</summary>
    private static readonly double[] SharesBeyond = [1.0 / 16, 1.0 / 8, 1.0 / 4, 1.0 / 2, 1];

    private readonly double[] _knots;
    private readonly double[] _lengths;
    private readonly double[] _means;
    private readonly TailScale _scale;
    private readonly double _mean;
    private readonly double _deviation;
    private readonly int _first;
    private readonly bool _hasMissing;

    /// <summary>Learns the knots of a column; its coefficients start at place <paramref name="first"/>.</summary>
    /// <param name="values">Of the column; NaN is missing.</param>
    /// <param name="stretches">The most lines between quantiles, at least 1.</param>
    /// <param name="first">A place.</param>
    /// <param name="tails">Whether lines bend in long tails besides.</param>
    public NumericBasis(ReadOnlySpan<float> values, int stretches, int first, bool tails = true)
    {
        _first = first;
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        int missing = sorted.Count(float.IsNaN);
        ReadOnlySpan<float> present = sorted.AsSpan(missing);
        _hasMissing = missing > 0;
        _scale = new TailScale(present);
        _knots = KnotPlacement.Find(present, stretches, _scale, tails);
        (_mean, _deviation) = Moments(present);
        _lengths = new double[Stretches];
        for (int i = 0; i < Stretches; i++)
        {
            _lengths[i] = (_scale.Of(_knots[i + 1]) - _scale.Of(_knots[i])) / _deviation;
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

    public int Rises => Stretches;

    private int Stretches => Math.Max(0, _knots.Length - 1);

    public ColumnPenalty Penalty
    {
        get
        {
            List<double[][]> maps = [];
            if (Stretches > 0)
            {
                maps.Add([Slope()]);
            }

            if (Stretches > 1)
            {
                maps.Add([.. Enumerable.Range(0, Stretches - 1).Select(Bend)]);
            }

            if (_hasMissing)
            {
                maps.Add([MissingFromMean()]);
            }

            return new(_first, Count, maps, Stretches > 1 ? 1 : null);
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

    public LinearTerm Term(ReadOnlySpan<double> coefficients)
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
        return new NumericTerm(knots, [.. heights], missing, 0);
    }

    /// <summary>
    /// A slope that is off puts the score off by as much more as a value lies farther from the middle; and beyond the outer knots, where the
    /// score is level, the line might go on, as steep as the column's lines are and with a bend of the usual size. Beyond as much again as
    /// the knots span no more is added: one absurd value says no more than that it is absurd. A missing value where none was seen may stand
    /// for any.
    /// </summary>
    public LinearTerm? Variances(ColumnNovelty novelty)
    {
        if (Stretches == 0)
        {
            return null;
        }

        double slope = novelty.Variance(0);
        double missing = _hasMissing ? novelty.Variance(Penalty.Forms - 1, _first + Stretches) : slope;
        double steepest = slope + (Stretches > 1 ? novelty.Variance(1) : 0);
        double uncertain = novelty.SlopeVariance(0);
        double first = _scale.Of(_knots[0]);
        double last = _scale.Of(_knots[^1]);
        var points = new SortedDictionary<double, double> { [_knots[0]] = 0, [_knots[^1]] = 0 };
        foreach ((double outer, int side) in new[] { (first, -1), (last, 1) })
        {
            foreach (double share in SharesBeyond)
            {
                double away = (last - first) * share;
                double knot = _scale.ValueAt(outer + (side * away));
                double distance = away / _deviation;
                double fromMiddle = Math.Abs(outer - _mean) / _deviation;
                points.TryAdd(knot, (steepest * distance * distance) + (2 * uncertain * distance * fromMiddle));
            }
        }

        return new NumericTerm([.. points.Keys], [.. points.Values], missing, 0);
    }

    /// <summary>The slope of the straight line that fits the rises best: <c>Σ length * rise / Σ length²</c>.</summary>
    private double[] Slope()
    {
        var row = new double[Count];
        double squares = _lengths.Sum(length => length * length);
        for (int i = 0; i < Stretches; i++)
        {
            AddRise(row, i, _lengths[i] / squares);
        }

        return row;
    }

    /// <summary>The change of slope from stretch i to the next.</summary>
    private double[] Bend(int i)
    {
        var row = new double[Count];
        AddRise(row, i + 1, 1 / _lengths[i + 1]);
        AddRise(row, i, -1 / _lengths[i]);
        return row;
    }

    private double[] MissingFromMean()
    {
        var row = new double[Count];
        for (int i = 0; i < Stretches; i++)
        {
            row[i] = -_means[i];
        }

        row[Stretches] = 1;
        return row;
    }

    /// <summary>Rise i is height i + 1 minus height i; height 0 has no coefficient.</summary>
    private static void AddRise(double[] row, int i, double share)
    {
        row[i] += share;
        if (i > 0)
        {
            row[i - 1] -= share;
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

    /// <summary>Mean and standard deviation of the values on the scale, cut off at the outer knots.</summary>
    private (double Mean, double Deviation) Moments(ReadOnlySpan<float> present)
    {
        double sum = 0;
        double squares = 0;
        double first = present.IsEmpty ? 0 : _scale.Of(_knots[0]);
        foreach (float value in present)
        {
            double cut = _scale.Of(Math.Clamp(value, _knots[0], _knots[^1])) - first;
            sum += cut;
            squares += cut * cut;
        }

        double mean = sum / Math.Max(1, present.Length);
        double variance = (squares / Math.Max(1, present.Length)) - (mean * mean);
        return (first + mean, variance > 0 ? Math.Sqrt(variance) : 1);
    }
}
