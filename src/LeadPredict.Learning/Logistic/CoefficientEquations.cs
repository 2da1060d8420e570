namespace LeadPredict.Learning.Logistic;

/// <summary>The equations as they are written, one a coefficient, by the Cholesky factor of their matrix.</summary>
internal sealed class CoefficientEquations : StepEquations
{
    private readonly LogisticDesign _design;
    private readonly int[] _rows;
    private readonly double[] _matrix;
    private readonly CurvatureSum _curvatureSum;
    private double[][] _penalties = [];

    /// <inheritdoc cref="StepEquations.Of" path="/param"/>
    public CoefficientEquations(LogisticDesign design, int[] rows)
    {
        _design = design;
        _rows = rows;
        _matrix = new double[design.Size * design.Size];
        _curvatureSum = new CurvatureSum(design.Rows, design.Size, rows);
    }

    public override void Weigh(double[][] penalties) => _penalties = penalties;

    public override void Solve(double[] curvatures, double[] right)
    {
        int size = _design.Size;
        Array.Clear(_matrix);
        for (int column = 0; column < _penalties.Length; column++)
        {
            ColumnPenalty penalty = _design.Penalties[column];
            for (int i = 0; i < penalty.Count; i++)
            {
                _penalties[column].AsSpan(i * penalty.Count, penalty.Count).CopyTo(_matrix.AsSpan(((penalty.First + i) * size) + penalty.First, penalty.Count));
            }
        }

        for (int start = 0; start < _rows.Length; start += CurvatureSum.AtOnce)
        {
            int count = Math.Min(CurvatureSum.AtOnce, _rows.Length - start);
            _curvatureSum.Add(_rows.AsSpan(start, count), curvatures.AsSpan(start, count), _matrix);
        }

        Cholesky.Solve(_matrix, right);
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
