namespace LeadPredict.Learning.Logistic;

/// <summary>The equations as they are written, one a coefficient, by the Cholesky factor of their matrix.</summary>
/// <remarks>
/// Adding up the rows takes most of the time, and near the end of a fit, or from one penalty to the next, their curvatures hardly change: then the sum of a step before is used again. The right side is
/// that of the step itself, so that steps end at the same place, if one later.
/// </remarks>
internal sealed class CoefficientEquations : StepEquations
{
    /// <summary>Curvatures that have changed by no more than this, all together, as a share of them, have not changed.</summary>
    private const double Unchanged = 0.02;

    /// <summary>With more coefficients a second matrix would be more than 32 MB.</summary>
    private const int MostKept = 2048;

    private readonly PenalisedRows _design;
    private readonly int[] _rows;
    private readonly double[] _matrix;
    private readonly CurvatureSum _curvatureSum;

    // The sum over the rows and the curvatures that it was made of; none where it would take too much memory.
    private readonly double[]? _sum;
    private readonly double[] _summed;
    private double[][] _penalties = [];

    /// <inheritdoc cref="StepEquations.Of" path="/param"/>
    public CoefficientEquations(PenalisedRows design, int[] rows)
    {
        _design = design;
        _rows = rows;
        _matrix = new double[design.Size * design.Size];
        _curvatureSum = new CurvatureSum(design.Rows, design.Size, rows);
        _sum = design.Size <= MostKept ? new double[design.Size * design.Size] : null;
        _summed = new double[_sum is null ? 0 : rows.Length];
    }

    public override void Weigh(double[][] penalties) => _penalties = penalties;

    public override void Solve(double[] curvatures, double[] right)
    {
        int size = _design.Size;
        if (_sum is null)
        {
            Array.Clear(_matrix);
            Add(curvatures, _matrix);
        }
        else
        {
            if (HaveChanged(curvatures))
            {
                Array.Clear(_sum);
                Add(curvatures, _sum);
                curvatures.CopyTo(_summed, 0);
            }

            _sum.CopyTo(_matrix, 0);
        }

        for (int column = 0; column < _penalties.Length; column++)
        {
            ColumnPenalty penalty = _design.Penalties[column];
            for (int i = 0; i < penalty.Count; i++)
            {
                Span<double> line = _matrix.AsSpan(((penalty.First + i) * size) + penalty.First, i + 1);
                for (int j = 0; j <= i; j++)
                {
                    line[j] += _penalties[column][(i * penalty.Count) + j];
                }
            }
        }

        Cholesky.Solve(_matrix, right);
    }

    private void Add(double[] curvatures, double[] sum)
    {
        for (int start = 0; start < _rows.Length; start += CurvatureSum.AtOnce)
        {
            int count = Math.Min(CurvatureSum.AtOnce, _rows.Length - start);
            _curvatureSum.Add(_rows.AsSpan(start, count), curvatures.AsSpan(start, count), sum);
        }
    }

    private bool HaveChanged(double[] curvatures)
    {
        double change = 0, all = 0;
        for (int i = 0; i < curvatures.Length; i++)
        {
            change += Math.Abs(curvatures[i] - _summed[i]);
            all += curvatures[i];
        }

        return change > Unchanged * all;
    }

    public override Func<int, int, double> Covariance()
    {
        int size = _design.Size;
        double[] inverse = Cholesky.InverseFactor(_matrix, size);
        return (a, b) =>
        {
            // Column a of the inverse factor begins at a.
            int from = Math.Max(a, b);
            return OrderedSums.Dot(inverse.AsSpan((a * size) + from, size - from), inverse.AsSpan((b * size) + from, size - from));
        };
    }
}
