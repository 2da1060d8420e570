using static LeadPredict.Learning.Logistic.OrderedSums;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// The same equations, one a row, for tables that are wider than long: with <c>S = P⁻¹</c>, which is made column by column, and <c>B = I + W½ X S X' W½</c> the inverse
/// of <c>P + X'WX</c> is <c>S - S X' W½ B⁻¹ W½ X S</c> (Woodbury's identity; in this form Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, 3.4.3).
/// </summary>
internal sealed class RowEquations : StepEquations
{
    /// <summary>
    /// The variance of the intercept, which nothing holds back. It only bends the way to the solution a little, not where it ends: what is minimised does not have it.
    /// </summary>
    private const double Loose = 1e8;

    private readonly PenalisedRows _design;
    private readonly int _count;
    private readonly int _size;

    // Row-major: rows with their zeros, those times S, and B's factor.
    private readonly double[] _rows;
    private readonly double[] _spread;
    private readonly double[] _products;
    private readonly double[] _factor;
    private readonly double[] _roots;
    private readonly double[][] _variances;

    /// <inheritdoc cref="StepEquations.Of" path="/param"/>
    public RowEquations(PenalisedRows design, int[] rows)
    {
        _design = design;
        _count = rows.Length;
        _size = design.Size;
        _rows = new double[_count * _size];
        _spread = new double[_count * _size];
        _products = new double[_count * _count];
        _factor = new double[_count * _count];
        _roots = new double[_count];
        _variances = new double[design.Penalties.Length][];
        for (int row = 0; row < _count; row++)
        {
            ReadOnlySpan<int> places = design.Rows.Places(rows[row]);
            ReadOnlySpan<float> values = design.Rows.Values(rows[row]);
            for (int i = 0; i < places.Length; i++)
            {
                _rows[(row * _size) + places[i]] = values[i];
            }
        }
    }

    public override void Weigh(double[][] penalties)
    {
        for (int column = 0; column < penalties.Length; column++)
        {
            _variances[column] = Inverse(penalties[column], _design.Penalties[column].Count);
        }

        for (int row = 0; row < _count; row++)
        {
            Spread(Of(_rows, row), Of(_spread, row));
        }

        RowProducts.LowerTriangle(_spread, _rows, _count, _size, _products);
    }

    public override void Solve(double[] curvatures, double[] right)
    {
        for (int row = 0; row < _count; row++)
        {
            _roots[row] = Math.Sqrt(curvatures[row]);
            for (int other = 0; other <= row; other++)
            {
                _factor[(row * _count) + other] = (row == other ? 1 : 0) + (_roots[row] * _roots[other] * _products[(row * _count) + other]);
            }
        }

        var along = new double[_count];
        for (int row = 0; row < _count; row++)
        {
            along[row] = _roots[row] * Dot(Of(_spread, row), right);
        }

        Cholesky.Solve(_factor, along);
        double[] given = [.. right];
        Spread(given, right);
        for (int row = 0; row < _count; row++)
        {
            AddTo(right, -_roots[row] * along[row], Of(_spread, row));
        }
    }

    public override Func<int, int, double> Covariance()
    {
        // L⁻¹ W½ X S, row by row.
        var known = new double[_count * _size];
        for (int row = 0; row < _count; row++)
        {
            AddTo(known.AsSpan(row * _size, _size), _roots[row], Of(_spread, row));
        }

        RowProducts.SolveLower(_factor, known, _count, _size);

        int[] columns = new int[_size];
        for (int column = 0; column < _variances.Length; column++)
        {
            columns.AsSpan(_design.Penalties[column].First, _design.Penalties[column].Count).Fill(column);
        }

        return (a, b) =>
        {
            ColumnPenalty penalty = _design.Penalties[columns[a]];
            double covariance = _variances[columns[a]][((a - penalty.First) * penalty.Count) + b - penalty.First];
            for (int row = 0; row < _count; row++)
            {
                covariance -= known[(row * _size) + a] * known[(row * _size) + b];
            }

            return covariance;
        };
    }

    private Span<double> Of(double[] matrix, int row) => matrix.AsSpan(row * _size, _size);

    /// <summary>S times a vector.</summary>
    private void Spread(ReadOnlySpan<double> vector, Span<double> to)
    {
        for (int column = 0; column < _variances.Length; column++)
        {
            ColumnPenalty penalty = _design.Penalties[column];
            for (int i = 0; i < penalty.Count; i++)
            {
                to[penalty.First + i] = Dot(_variances[column].AsSpan(i * penalty.Count, penalty.Count), vector.Slice(penalty.First, penalty.Count));
            }
        }

        to[_design.Intercept] = Loose * vector[_design.Intercept];
    }

    private static double[] Inverse(double[] matrix, int size)
    {
        double[] factor = [.. matrix];
        Cholesky.Factor(factor, size);
        double[] rows = Cholesky.InverseFactor(factor, size);
        var inverse = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                inverse[(i * size) + j] = Dot(rows.AsSpan(i * size, size), rows.AsSpan(j * size, size));
            }
        }

        return inverse;
    }
}
