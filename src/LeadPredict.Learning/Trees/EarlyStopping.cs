using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>Finds the number of trees: boosts on the earlier rows for as long as the loss on the later ones falls.</summary>
internal static class EarlyStopping
{
    /// <summary>The number of trees after which the later loss was least: at least 1, or 0 where the rows have offsets that trees cannot better.</summary>
    /// <param name="binned">The binned features.</param>
    /// <param name="table">Labels, weights and groups, rows in time order.</param>
    /// <param name="rules">How to boost.</param>
    /// <param name="most">No more trees than this.</param>
    /// <param name="patience">Stops after so many trees without a better loss.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static int FindTrees(
        BinnedTable binned, TrainingTable table, BoostingRules rules, int most, int patience, CancellationToken cancellation)
    {
        LaterSlice slice = LaterSlice.Of(table);
        using var booster = new GradientBooster(binned, table, slice.Earlier, rules);
        double best = table.Offsets is null ? double.PositiveInfinity : LogisticLoss.Mean(booster.Scores, table.Labels, table.Weights, slice.Later);
        int bestTrees = table.Offsets is null ? 1 : 0;
        for (int trees = 1; trees <= most && trees - bestTrees <= patience; trees++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (booster.AddTree() is null)
            {
                break;
            }

            double loss = LogisticLoss.Mean(booster.Scores, table.Labels, table.Weights, slice.Later);
            if (loss < best)
            {
                best = loss;
                bestTrees = trees;
            }
        }

        return bestTrees;
    }
}
