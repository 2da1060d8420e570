using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// Fits penalised logistic regression by Newton's method (iteratively reweighted least squares): minimises
/// <c>Σ weight * loss + ½ c' P c</c> over the coefficients c.
/// </summary>
/// <remarks>Holds the state of one fit; one thread at a time.</remarks>
internal sealed class NewtonSolver
{
    private readonly PenalisedRows _design;
    private readonly byte[] _labels;
    private readonly float[] _weights;
    private readonly double[]? _offsets;
    private readonly int[] _rows;
    private readonly double[] _curvatures;
    private readonly StepEquations _equations;
    private double[][] _penalties;
    private double _objective;

    /// <summary>Starts a fit.</summary>
    /// <param name="design">The rows as numbers.</param>
    /// <param name="table">Labels, weights and offsets, by row of the design.</param>
    /// <param name="rows">The rows to fit.</param>
    /// <param name="penaltyWeights">For each column of the design, the weight of each of its forms.</param>
    /// <param name="start">The coefficients to start from; null for the log-odds of the base rate.</param>
    public NewtonSolver(PenalisedRows design, TrainingTable table, int[] rows, double[][] penaltyWeights, double[]? start = null)
    {
        _design = design;
        _labels = table.Labels;
        _weights = table.Weights;
        _offsets = table.Offsets;
        _rows = rows;
        _curvatures = new double[rows.Length];
        _equations = StepEquations.Of(design, rows);
        _penalties = [];
        Coefficients = start ?? new double[design.Size];
        if (start is null && _offsets is null)
        {
            Coefficients[design.Intercept] = Trees.LogisticLoss.BestConstant(_labels, _weights, rows);
        }

        Weigh(penaltyWeights);
    }

    /// <summary>Where the fit stands.</summary>
    public double[] Coefficients { get; private set; }

    /// <summary>What is minimised, where the fit stands.</summary>
    public double Objective => _objective;

    /// <summary>Changes the weights of the penalties; the fit goes on from where it stands.</summary>
    /// <param name="penaltyWeights">For each column of the design, the weight of each of its forms.</param>
    /// <param name="hold">What is held level besides, or null.</param>
    public void Weigh(double[][] penaltyWeights, MonotoneHold? hold = null)
    {
        _penalties = [.. _design.Penalties.Select((penalty, column) => penalty.Combine(penaltyWeights[column]))];
        for (int column = 0; hold is not null && column < _penalties.Length; column++)
        {
            hold.AddTo(column, _penalties[column]);
        }

        _equations.Weigh(_penalties);
        _objective = ObjectiveAt(Coefficients);
    }

    /// <summary>Takes one step; <see cref="Covariance"/> then belongs to where the step began.</summary>
    /// <returns>How much the objective fell, 0 or more.</returns>
    public double Step()
    {
        double[] direction = Direction();
        double share = 1;
        double[] next = Move(direction, share);
        double found = ObjectiveAt(next);
        while (!(found <= _objective) && share > 1e-6)
        {
            // Newton overshoots where the curve flattens.
            share /= 2;
            next = Move(direction, share);
            found = ObjectiveAt(next);
        }

        if (!(found < _objective))
        {
            return 0;
        }

        double gain = _objective - found;
        Coefficients = next;
        _objective = found;
        return gain;
    }

    /// <summary>Steps until one gains less than a share of the objective.</summary>
    public void Finish(double tolerance, CancellationToken cancellation)
    {
        const int MostSteps = 50;
        for (int step = 0; step < MostSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Step() < tolerance * (Math.Abs(_objective) + 1))
            {
                return;
            }
        }
    }

    /// <inheritdoc cref="StepEquations.Covariance"/>
    public Func<int, int, double> Covariance() => _equations.Covariance();

    /// <summary>The log-odds of a row, its offset included.</summary>
    public double Score(int row, double[] coefficients) => (_offsets is null ? 0 : _offsets[row]) + _design.Score(row, coefficients);

    private double ObjectiveAt(double[] coefficients)
    {
        double sum = 0;
        for (int column = 0; column < _penalties.Length; column++)
        {
            int first = _design.Penalties[column].First;
            int count = _design.Penalties[column].Count;
            for (int i = 0; i < count; i++)
            {
                sum += coefficients[first + i] / 2 * OrderedSums.Dot(_penalties[column].AsSpan(i * count, count), coefficients.AsSpan(first, count));
            }
        }

        foreach (int row in _rows)
        {
            double score = Score(row, coefficients);
            sum += _weights[row] * Calibration.LogOdds.Softplus(_labels[row] == 1 ? -score : score);
        }

        return sum;
    }

    private double[] Direction()
    {
        var descent = new double[_design.Size];
        for (int column = 0; column < _penalties.Length; column++)
        {
            HoldBack(_design.Penalties[column], _penalties[column], descent);
        }

        for (int i = 0; i < _rows.Length; i++)
        {
            int row = _rows[i];
            double p = Calibration.LogOdds.ToProbability(Score(row, Coefficients));
            _curvatures[i] = _weights[row] * p * (1 - p);
            Descend(row, _weights[row] * (p - _labels[row]), descent);
        }

        _equations.Solve(_curvatures, descent);
        return descent;
    }

    private void Descend(int row, double slope, double[] descent)
    {
        ReadOnlySpan<int> places = _design.Rows.Places(row);
        ReadOnlySpan<float> values = _design.Rows.Values(row);
        for (int i = 0; i < places.Length; i++)
        {
            descent[places[i]] -= slope * values[i];
        }
    }

    private void HoldBack(ColumnPenalty penalty, double[] matrix, double[] descent)
    {
        int count = penalty.Count;
        for (int i = 0; i < count; i++)
        {
            descent[penalty.First + i] = -OrderedSums.Dot(matrix.AsSpan(i * count, count), Coefficients.AsSpan(penalty.First, count));
        }
    }

    private double[] Move(double[] direction, double share)
    {
        var to = new double[direction.Length];
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Coefficients[i] + (share * direction[i]);
        }

        return to;
    }
}
