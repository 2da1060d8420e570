using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Logistic;

/// <summary>Chooses the ridge penalty by cross-validated log loss.</summary>
internal static class PenaltyChoice
{
    /// <summary>A penalty's effect fades with the number of rows, so more of them than this are not needed to choose it.</summary>
    private const int MostRows = 20_000;

    /// <summary>Choosing needs fewer digits than fitting.</summary>
    private const double Tolerance = 1e-6;

    private static readonly double[] Grid = [300, 100, 30, 10, 3, 1, 0.3];

    /// <summary>The penalty of the grid with the least loss; the stronger one when equal.</summary>
    /// <param name="solver">The problem.</param>
    /// <param name="folds">The fold of each row.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double Choose(NewtonSolver solver, int[] folds, CancellationToken cancellation)
    {
        int step = Math.Max(1, (folds.Length + MostRows - 1) / MostRows);
        int count = folds.Max() + 1;
        var losses = new double[count][];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, fold =>
        {
            int[] fit = [.. GroupFolds.Rows(folds, fold, inside: false).Where(row => row % step == 0)];
            int[] measure = [.. GroupFolds.Rows(folds, fold, inside: true).Where(row => row % step == 0)];
            losses[fold] = new double[Grid.Length];
            double[]? coefficients = null;
            for (int i = 0; i < Grid.Length; i++)
            {
                coefficients = solver.Fit(fit, Grid[i], Tolerance, coefficients, cancellation);
                foreach (int row in measure)
                {
                    losses[fold][i] += solver.Loss(row, coefficients);
                }
            }
        });

        int best = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < Grid.Length; i++)
        {
            double loss = losses.Sum(fold => fold[i]);
            if (loss < least)
            {
                least = loss;
                best = i;
            }
        }

        return Grid[best];
    }
}
