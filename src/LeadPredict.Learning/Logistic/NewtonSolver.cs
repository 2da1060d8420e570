namespace LeadPredict.Learning.Logistic;

/// <summary>
/// Fits L2-regularised logistic regression by Newton's method (iteratively reweighted least squares):
/// minimises <c>Σ weight * loss + penalty / 2 * c' P c</c> over the coefficients c.
/// </summary>
internal sealed class NewtonSolver(LogisticDesign design, byte[] labels, float[] weights)
{
    private const int MostSteps = 50;

    /// <summary>Fits the rows given.</summary>
    /// <param name="rows">Rows of the design.</param>
    /// <param name="penalty">Above 0.</param>
    /// <param name="tolerance">Ends when a step gains less than this share of the objective.</param>
    /// <param name="start">Where to start, from a fit with another penalty; null starts at 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    public double[] Fit(int[] rows, double penalty, double tolerance, double[]? start, CancellationToken cancellation)
    {
        int size = design.Size;
        double[] coefficients = start is null ? new double[size] : [.. start];
        double objective = Objective(rows, penalty, coefficients);
        var hessian = new double[size * size];
        for (int step = 0; step < MostSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] direction = Direction(rows, penalty, coefficients, hessian);
            double before = objective;
            double share = 1;
            double[] next = Move(coefficients, direction, share);
            double found = Objective(rows, penalty, next);
            while (!(found <= before) && share > 1e-6)
            {
                // Newton overshoots where the curve flattens.
                share /= 2;
                next = Move(coefficients, direction, share);
                found = Objective(rows, penalty, next);
            }

            if (!(found < before))
            {
                break;
            }

            coefficients = next;
            objective = found;
            if (before - found < tolerance * (Math.Abs(found) + 1))
            {
                break;
            }
        }

        return coefficients;
    }

    /// <summary>The log-odds of a row.</summary>
    public double Score(int row, double[] coefficients)
    {
        ReadOnlySpan<int> places = design.Rows.Places(row);
        ReadOnlySpan<float> values = design.Rows.Values(row);
        double sum = 0;
        for (int i = 0; i < places.Length; i++)
        {
            sum += values[i] * coefficients[places[i]];
        }

        return sum;
    }

    /// <summary>The weighted loss of one row.</summary>
    public double Loss(int row, double[] coefficients)
    {
        double score = Score(row, coefficients);
        return weights[row] * Calibration.LogOdds.Softplus(labels[row] == 1 ? -score : score);
    }

    private double Objective(int[] rows, double penalty, double[] coefficients)
    {
        double sum = 0;
        for (int i = 0; i < coefficients.Length; i++)
        {
            sum += penalty / 2 * coefficients[i] * PenaltySlope(i, coefficients);
        }

        foreach (int row in rows)
        {
            sum += Loss(row, coefficients);
        }

        return sum;
    }

    private double[] Direction(int[] rows, double penalty, double[] coefficients, double[] hessian)
    {
        int size = coefficients.Length;
        var descent = new double[size];
        for (int i = 0; i < hessian.Length; i++)
        {
            hessian[i] = penalty * design.Penalty[i];
        }

        foreach (int row in rows)
        {
            double p = Calibration.LogOdds.ToProbability(Score(row, coefficients));
            double slope = weights[row] * (p - labels[row]);
            double curvature = weights[row] * p * (1 - p);
            ReadOnlySpan<int> places = design.Rows.Places(row);
            ReadOnlySpan<float> values = design.Rows.Values(row);
            for (int i = 0; i < places.Length; i++)
            {
                descent[places[i]] -= slope * values[i];
                double scaled = curvature * values[i];
                Span<double> line = hessian.AsSpan(places[i] * size, size);
                for (int j = 0; j <= i; j++)
                {
                    line[places[j]] += scaled * values[j];
                }
            }
        }

        for (int i = 0; i < size; i++)
        {
            descent[i] -= penalty * PenaltySlope(i, coefficients);
        }

        Cholesky.Solve(hessian, descent);
        return descent;
    }

    private double PenaltySlope(int i, double[] coefficients)
    {
        ReadOnlySpan<double> row = design.Penalty.AsSpan(i * design.Size, design.Size);
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
        {
            sum += row[j] * coefficients[j];
        }

        return sum;
    }

    private static double[] Move(double[] from, double[] direction, double share)
    {
        var to = new double[from.Length];
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = from[i] + (share * direction[i]);
        }

        return to;
    }
}
