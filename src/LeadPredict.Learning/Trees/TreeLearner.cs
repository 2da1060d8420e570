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

    private static BoostingRules Rules(TrainingTable table, TrainerOptions options) => new()
    {
        Growth = new GrowthRules
        {
            Leaves = options.Leaves ?? (table.RowCount < 5_000 ? 7 : table.RowCount < 50_000 ? 15 : 31),
            MinLeafSamples = options.MinLeafSamples,
            L2 = options.L2,
            LearningRate = options.LearningRate,
        },
        RowShare = options.RowShare,
        ColumnShare = options.ColumnShare,
        Seed = options.Seed,
    };

    private sealed class Prepared(BinnedTable binned, TrainingTable table, BoostingRules rules, int trees) : IPreparedLearner
    {
        public int Trees => trees;

        public double? Penalty => null;

        public FittedScore Fit(int[] rows, CancellationToken cancellation)
        {
            var booster = new GradientBooster(binned, table.Labels, table.Weights, rows, rules);
            while (booster.Trees.Count < trees && booster.AddTree() is not null)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return new FittedScore(new EnsembleBuilder(binned).Build(booster.Trees, booster.Trees.Count), null, booster.Start);
        }
    }
}
