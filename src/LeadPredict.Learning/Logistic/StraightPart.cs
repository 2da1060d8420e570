using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// How much of a plain logistic regression goes into the logistic model: with few rows what each column deserves is itself a guess, and a
/// model that leaves out what chance could have made leaves out much that is there. Coefficients of both are averaged, by the loss out of fold.
/// </summary>
/// <param name="Share">Of the plain one, 0 to 1.</param>
/// <param name="Ridge">The plain one's penalty.</param>
/// <param name="WithoutFold">For each fold the averaged coefficients of the fits without it.</param>
internal sealed record StraightPart(double Share, double Ridge, double[][] WithoutFold)
{
    /// <summary>With more of the scarcer class the rows say well enough what each column deserves.</summary>
    public const int MostOfScarcer = 1000;

    private static readonly double[] Ridges = [3000, 1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1];

    /// <summary>Half of each, unless the rows say otherwise by more than this pull.</summary>
    private const double Usual = 0.5;

    private const double Pull = 2;
    private const int Shares = 10;

    /// <summary>Finds share and penalty.</summary>
    /// <param name="fitter">Of the table.</param>
    /// <param name="table">The rows.</param>
    /// <param name="folds">The fold of each row, two folds or more.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static StraightPart Find(LogisticFitter fitter, TrainingTable table, int[] folds, CancellationToken cancellation)
    {
        var fits = new double[folds.Max() + 1][][];
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, fits.Length, parallel, fold =>
        {
            int[] rows = Training.GroupFolds.Rows(folds, fold, inside: false);
            fits[fold] = [fitter.Found(rows, cancellation), .. fitter.Straights(rows, Ridges, cancellation)];
        });

        double[][] scores = [.. Enumerable.Range(0, Ridges.Length + 1).Select(
            fit => Enumerable.Range(0, folds.Length).Select(row => fitter.Score(row, fits[folds[row]][fit])).ToArray())];
        (double share, int ridge) = Best(scores, table);
        return new(share, Ridges[ridge], [.. fits.Select(fit => Average(fit[0], fit[ridge + 1], share))]);
    }

    /// <summary>Coefficients between those found column by column and the plain ones.</summary>
    public static double[] Average(double[] found, double[] straight, double share) =>
        [.. found.Zip(straight, (own, plain) => ((1 - share) * own) + (share * plain))];

    private static (double Share, int Ridge) Best(double[][] scores, TrainingTable table)
    {
        (double Loss, double Share, int Ridge) best = (double.PositiveInfinity, 0, 0);
        for (int ridge = 0; ridge < Ridges.Length; ridge++)
        {
            for (int step = 0; step <= Shares; step++)
            {
                double share = (double)step / Shares;
                double loss = Pull * (share - Usual) * (share - Usual);
                for (int row = 0; row < table.RowCount; row++)
                {
                    double score = ((1 - share) * scores[0][row]) + (share * scores[ridge + 1][row]);
                    loss += table.Weights[row] * LogOdds.Softplus(table.Labels[row] == 1 ? -score : score);
                }

                best = loss < best.Loss ? (loss, share, ridge) : best;
            }
        }

        return (best.Share, best.Ridge);
    }
}
