using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Trees;

/// <summary>Histogram gradient-boosted trees with native missing values and categories.</summary>
public sealed class TreeLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "trees";

    /// <inheritdoc/>
    public IPreparedLearner Prepare(TrainingTable table, int[] folds, TrainerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        BinnedTable binned = BinnedTable.Of(table.Features);
        BoostingRules rules = Rules(table, options);
        int trees = options.Trees
            ?? EarlyStopping.FindTrees(binned, table, rules, options.MaxTrees, options.Patience, cancellation);
        return new Prepared(binned, table, rules, trees);
    }

    private static BoostingRules Rules(TrainingTable table, TrainerOptions options)
    {
        // Trees that learn what another model leaves have little left to learn and much noise to learn instead: smaller, slower, on samples.
        bool rest = table.Offsets is not null;
        return new()
        {
            Growth = new GrowthRules
            {
                Leaves = options.Leaves ?? (table.RowCount >= 50_000 ? 31 : rest ? 8 : table.RowCount < 5_000 ? 7 : 15),
                MinLeafSamples = options.MinLeafSamples,
                L2 = options.L2,
                LearningRate = options.LearningRate ?? (rest ? 0.03 : 0.05),
                Directions = MonotoneColumns.Of(table.Features, options),
            },
            RowShare = options.RowShare ?? (rest ? 0.8 : 1),
            ColumnShare = options.ColumnShare ?? (rest ? 0.8 : 1),
            Seed = options.Seed,
        };
    }

    private sealed class Prepared(BinnedTable binned, TrainingTable table, BoostingRules rules, int trees) : IPreparedLearner
    {
        public int Trees => trees;

        public FittedScore Fit(int[] rows, CancellationToken cancellation)
        {
            using var booster = new GradientBooster(binned, table, rows, rules);
            while (booster.Trees.Count < trees && booster.AddTree() is not null)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return new FittedScore(new EnsembleBuilder(binned).Build(booster.Trees, booster.Trees.Count), null, booster.Start);
        }
    }
}
