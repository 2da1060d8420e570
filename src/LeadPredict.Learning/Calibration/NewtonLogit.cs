namespace LeadPredict.Learning.Calibration;

/// <summary>
/// Logistic regression on a handful of columns by Newton's method with backtracking, as Lin, Lin and Weng, "A note on Platt's
/// probabilistic outputs for support vector machines", 2007, give it for two parameters. Targets may lie between 0 and 1.
/// </summary>
internal static class NewtonLogit
{
    private const int MaxIterations = 100;
    private const double SmallestStep = 1e-10;
    private const double GradientTolerance = 1e-10;
    private const double SufficientDecrease = 1e-4;

    /// <summary>Relative to the mean diagonal of the Hessian: columns that say the same do not stop the fit, others do not notice.</summary>
    private const double Damping = 1e-12;

    /// <summary>The coefficients, and the loss reached: the weighted sum of cross-entropies, in nats.</summary>
    public readonly record struct Fit(double[] Coefficients, double Loss);

    /// <summary>Minimises the weighted cross-entropy.</summary>
    /// <param name="columns">One array a coefficient, each with a value a row; a column of ones gives an intercept.</param>
    /// <param name="targets">From 0 to 1, one a row.</param>
    /// <param name="weights">At least 0, one a row.</param>
    /// <param name="start">Where to begin, one a coefficient.</param>
    public static Fit Minimize(double[][] columns, double[] targets, double[] weights, double[] start)
    {
        int size = columns.Length;
        double[] at = [.. start];
        double[] gradient = new double[size];
        double[,] hessian = new double[size, size];
        double totalWeight = weights.Sum();
        double loss = Loss(columns, targets, weights, at);
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            Derive(columns, targets, weights, at, gradient, hessian);
            if (gradient.Max(Math.Abs) <= GradientTolerance * totalWeight)
            {
                break;
            }

            double[] direction = Solve(hessian, gradient);
            double slope = -gradient.Zip(direction, (g, d) => g * d).Sum();
            double step = 1.0;
            double[] next = Move(at, direction, step);
            double nextLoss = Loss(columns, targets, weights, next);
            while (!(nextLoss <= loss + (SufficientDecrease * step * slope)) && step >= SmallestStep)
            {
                step /= 2.0;
                next = Move(at, direction, step);
                nextLoss = Loss(columns, targets, weights, next);
            }

            if (!(nextLoss < loss))
            {
                break; // Rounding is all that is left to gain.
            }

            at = next;
            loss = nextLoss;
        }

        return new Fit(at, loss);
    }

    private static double[] Move(double[] at, double[] direction, double step) => [.. at.Zip(direction, (a, d) => a - (step * d))];

    private static double Predict(double[][] columns, double[] at, int row)
    {
        double logOdds = 0.0;
        for (int j = 0; j < at.Length; j++)
        {
            logOdds += at[j] * columns[j][row];
        }

        return logOdds;
    }

    private static double Loss(double[][] columns, double[] targets, double[] weights, double[] at)
    {
        double loss = 0.0;
        for (int i = 0; i < targets.Length; i++)
        {
            double logOdds = Predict(columns, at, i);

            // Each class's own softplus: no difference of two large numbers.
            loss += weights[i] * ((targets[i] * LogOdds.Softplus(-logOdds)) + ((1.0 - targets[i]) * LogOdds.Softplus(logOdds)));
        }

        return loss;
    }

    private static void Derive(double[][] columns, double[] targets, double[] weights, double[] at, double[] gradient, double[,] hessian)
    {
        Array.Clear(gradient);
        Array.Clear(hessian);
        for (int i = 0; i < targets.Length; i++)
        {
            double p = LogOdds.ToProbability(Predict(columns, at, i));
            double first = weights[i] * (p - targets[i]);
            double second = weights[i] * p * (1.0 - p);
            for (int j = 0; j < at.Length; j++)
            {
                gradient[j] += first * columns[j][i];
                for (int k = 0; k <= j; k++)
                {
                    hessian[j, k] += second * columns[j][i] * columns[k][i];
                }
            }
        }
    }

    /// <summary>Solves the damped symmetric system, given by its lower triangle, by Cholesky's method.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        int size = right.Length;
        double trace = 0.0;
        for (int j = 0; j < size; j++)
        {
            trace += matrix[j, j];
        }

        double damping = (Damping * trace / size) + double.Epsilon;
        double[,] lower = new double[size, size];
        for (int j = 0; j < size; j++)
        {
            for (int k = 0; k <= j; k++)
            {
                double sum = matrix[j, k] + (j == k ? damping : 0.0);
                for (int m = 0; m < k; m++)
                {
                    sum -= lower[j, m] * lower[k, m];
                }

                lower[j, k] = j == k ? Math.Sqrt(Math.Max(sum, damping)) : sum / lower[k, k];
            }
        }

        double[] solution = [.. right];
        for (int j = 0; j < size; j++)
        {
            for (int m = 0; m < j; m++)
            {
                solution[j] -= lower[j, m] * solution[m];
            }

            solution[j] /= lower[j, j];
        }

        for (int j = size - 1; j >= 0; j--)
        {
            for (int m = j + 1; m < size; m++)
            {
                solution[j] -= lower[m, j] * solution[m];
            }

            solution[j] /= lower[j, j];
        }

        return solution;
    }
}
