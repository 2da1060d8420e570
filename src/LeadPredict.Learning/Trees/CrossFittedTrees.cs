using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// The number of trees by cross-validation: the fits of all folds grow side by side, a tree each at a time, for as long as the loss on the rows
/// that each leaves out falls. Every row has its say in it, so it is steadier than the loss on one slice.
/// </summary>
/// <param name="Trees">After how many trees the loss was least, 0 where trees say nothing.</param>
/// <param name="Fits">For each fold its fit without that fold, with so many trees.</param>
/// <param name="Losses">For each row left out by one of the fits the loss then; 0 for others.</param>
internal sealed record CrossFittedTrees(int Trees, FittedScore[] Fits, double[] Losses)
{
    /// <summary>Grows the fits.</summary>
    /// <param name="binned">The binned features.</param>
    /// <param name="table">Labels, weights and offsets.</param>
    /// <param name="folds">The fold of each row.</param>
    /// <param name="count">How many of the folds are left out in turn, from the first.</param>
    /// <param name="rules">How to boost.</param>
    /// <param name="most">No more trees than this.</param>
    /// <param name="patience">Stops after so many trees without a better loss.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CrossFittedTrees Grow(
        BinnedTable binned, TrainingTable table, int[] folds, int count, BoostingRules rules, int most, int patience, CancellationToken cancellation)
    {
        GradientBooster[] boosters = [.. Enumerable.Range(0, count).Select(
            fold => new GradientBooster(binned, table, GroupFolds.Rows(folds, fold, inside: false), rules))];
        try
        {
            (int trees, double[] losses) = Boost(boosters, table, folds, most, patience, cancellation);
            return new(
                trees,
                [.. boosters.Select(booster => new FittedScore(
                    new EnsembleBuilder(binned).Build(booster.Trees, Math.Min(trees, booster.Trees.Count)), null, booster.Start))],
                losses);
        }
        finally
        {
            Array.ForEach(boosters, booster => booster.Dispose());
        }
    }

    private static (int Trees, double[] Losses) Boost(
        GradientBooster[] boosters, TrainingTable table, int[] folds, int most, int patience, CancellationToken cancellation)
    {
        int[][] left = [.. boosters.Select((_, fold) => GroupFolds.Rows(folds, fold, inside: true))];
        var losses = new double[table.RowCount];
        var best = new double[table.RowCount];
        var sums = new double[boosters.Length];
        double least = double.PositiveInfinity;
        int leastTrees = 0;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        for (int trees = 0; trees <= most && trees - leastTrees <= patience; trees++)
        {
            int grown = 0;
            Parallel.For(0, boosters.Length, parallel, fold =>
            {
                if (trees > 0 && boosters[fold].AddTree() is not null)
                {
                    Volatile.Write(ref grown, 1);
                }

                sums[fold] = 0;
                foreach (int row in left[fold])
                {
                    losses[row] = LogisticLoss.Of(boosters[fold].Scores[row], table.Labels[row]);
                    sums[fold] += table.Weights[row] * losses[row];
                }
            });
            if (grown == 0 && trees > 0)
            {
                break;
            }

            if (sums.Sum() < least)
            {
                (least, leastTrees) = (sums.Sum(), trees);
                losses.CopyTo(best, 0);
            }
        }

        return (leastTrees, best);
    }
}
