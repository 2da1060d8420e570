namespace LeadPredict.Scoring.Rules;

/// <summary>
/// Logistic regression of outcomes on which rules hit, held back a little (ridge), by Newton's method. Made for some dozens of rules and sparse hits.
/// Outcomes of several steps of the funnel share the weights, each with an intercept of its own (continuation ratios; Fienberg and Mason, 1979).
/// </summary>
internal sealed class HitRegression
{
    private const int MostSteps = 25;
    private const double Ridge = 1;

    private HitRegression(double[] intercepts, double[] weights)
    {
        Intercepts = intercepts;
        Weights = weights;
    }

    /// <summary>Log-odds of a lead that no rule hits, by step.</summary>
    public double[] Intercepts { get; }

    /// <summary>What a hit of each rule adds, by the rules' numbers; 0 for rules that were not chosen.</summary>
    public double[] Weights { get; }

    /// <param name="rows">At least one.</param>
    /// <param name="rules">How many rules there are.</param>
    /// <param name="chosen">The numbers of those that may have a weight.</param>
    public static HitRegression Fit(IReadOnlyList<RuleRow> rows, int rules, IReadOnlyList<int> chosen)
    {
        int steps = rows.Max(row => row.Step) + 1;
        int[] place = new int[rules];
        Array.Fill(place, -1);
        for (int i = 0; i < chosen.Count; i++)
        {
            place[chosen[i]] = steps + i;
        }

        double[] beta = new double[steps + chosen.Count];
        double rate = (rows.Count(row => row.Converted) + 0.5) / (rows.Count + 1);
        beta.AsSpan(0, steps).Fill(Math.Log(rate / (1 - rate)));
        int[] active = new int[rules + 1];
        for (int step = 0; step < MostSteps; step++)
        {
            double[] gradient = new double[beta.Length];
            double[,] hessian = new double[beta.Length, beta.Length];
            foreach (RuleRow row in rows)
            {
                int count = 1;
                active[0] = row.Step;
                double raw = beta[row.Step];
                foreach (ushort hit in row.Hits)
                {
                    if (place[hit] >= 0)
                    {
                        active[count++] = place[hit];
                        raw += beta[place[hit]];
                    }
                }

                double p = 1 / (1 + Math.Exp(-raw));
                double error = (row.Converted ? 1 : 0) - p;
                double weight = Math.Max(p * (1 - p), 1e-9);
                for (int a = 0; a < count; a++)
                {
                    gradient[active[a]] += error;
                    for (int b = 0; b < count; b++)
                    {
                        hessian[active[a], active[b]] += weight;
                    }
                }
            }

            for (int i = steps; i < beta.Length; i++)
            {
                gradient[i] -= Ridge * beta[i];
                hessian[i, i] += Ridge;
            }

            double[] move = Solve(hessian, gradient);
            double longest = 0;
            for (int i = 0; i < beta.Length; i++)
            {
                beta[i] += Math.Clamp(move[i], -2, 2);
                longest = Math.Max(longest, Math.Abs(move[i]));
            }

            if (longest < 1e-8)
            {
                break;
            }
        }

        double[] weights = new double[rules];
        for (int i = 0; i < chosen.Count; i++)
        {
            weights[chosen[i]] = beta[steps + i];
        }

        return new(beta[..steps], weights);
    }

    /// <summary>The log-odds of a lead.</summary>
    public double Raw(RuleRow row) => Intercepts[row.Step] + row.Hits.Sum(hit => Weights[hit]);

    internal static double[] Solve(double[,] matrix, double[] right)
    {
        int n = right.Length;
        double[] result = [.. right];
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(matrix[row, column]));
            for (int k = 0; k < n && pivot != column; k++)
            {
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            }

            (result[column], result[pivot]) = (result[pivot], result[column]);
            for (int row = column + 1; row < n; row++)
            {
                double factor = matrix[row, column] / matrix[column, column];
                for (int k = column; k < n && factor != 0; k++)
                {
                    matrix[row, k] -= factor * matrix[column, k];
                }

                result[row] -= factor * result[column];
            }
        }

        for (int row = n - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < n; k++)
            {
                result[row] -= matrix[row, k] * result[k];
            }

            result[row] /= matrix[row, row];
        }

        return result;
    }
}
