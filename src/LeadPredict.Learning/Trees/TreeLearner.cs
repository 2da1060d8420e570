using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// Histogram gradient-boosted trees with native missing values and categories. How many trees and how wide they are is found out of fold,
/// unless it is given.
/// </summary>
public sealed class TreeLearner : ILearner
{
    /// <summary>The share of rows and columns that a tree sees where the number of trees is found: each then errs in its own way.</summary>
    internal const double Sample = 0.8;

    private const int NarrowLeaves = 8;
    private const int WideLeaves = 31;

    /// <summary>From so many rows on wide trees are no risk.</summary>
    private const int ManyRows = 50_000;

    /// <summary>From so many rows on half of them say as much of a split as all do.</summary>
    private const int RowsForHalves = 100_000;

    /// <summary>So many folds tell whether wide trees are worth while.</summary>
    private const int TriedFolds = 2;

    /// <inheritdoc/>
    public string Name => "trees";

    /// <inheritdoc/>
    public IPreparedLearner Prepare(TrainingTable table, int[] folds, TrainerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        BinnedTable binned = BinnedTable.Of(table.Features);
        BoostingRules rules = Rules(table, options);
        if (options.Trees is { } trees)
        {
            return new Prepared(binned, table, rules, trees, null);
        }

        if (folds.Max() == 0)
        {
            return new Prepared(
                binned, table, rules, EarlyStopping.FindTrees(binned, table, rules, options.MaxTrees, options.Patience, cancellation), null);
        }

        CrossFittedTrees Grow(BoostingRules how, int count) =>
            CrossFittedTrees.Grow(binned, table, folds, count, how, options.MaxTrees, options.Patience, cancellation);
        int all = folds.Max() + 1;
        CrossFittedTrees found = Grow(rules, all);
        if (options.Leaves is null && table.Offsets is null && table.RowCount < ManyRows)
        {
            BoostingRules wide = rules with { Growth = rules.Growth with { Leaves = WideLeaves } };
            int tried = Math.Min(TriedFolds, all);
            CrossFittedTrees wider = Grow(wide, tried);
            PairedGap gap = PairedGap.Of(
                table, [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] < tried)], row => found.Losses[row] - wider.Losses[row]);

            // The narrower unless the wider are better by more than a standard error (Breiman and others, 1984).
            if (gap.Mean > gap.Error)
            {
                (rules, found) = (wide, wider);
            }
        }

        return new Prepared(binned, table, rules, found.Trees, [.. found.Fits, .. new FittedScore?[all - found.Fits.Length]]);
    }

    private static BoostingRules Rules(TrainingTable table, TrainerOptions options)
    {
        // Trees that learn what another model leaves have little left to learn and much noise to learn instead: slower.
        bool rest = table.Offsets is not null;
        double share = rest || options.Trees is null ? Sample : 1;
        return new()
        {
            Growth = new GrowthRules
            {
                Leaves = options.Leaves ?? (table.RowCount >= ManyRows ? WideLeaves : NarrowLeaves),
                MinLeafSamples = options.MinLeafSamples,
                L2 = options.L2,
                LearningRate = options.LearningRate ?? (rest ? 0.03 : 0.05),
                Directions = MonotoneColumns.Of(table.Features, options),
            },
            RowShare = options.RowShare ?? share,
            Halves = options.RowShare is null && table.RowCount >= RowsForHalves,
            ColumnShare = options.ColumnShare ?? share,
            Seed = options.Seed,
        };
    }

    private sealed class Prepared(BinnedTable binned, TrainingTable table, BoostingRules rules, int trees, FittedScore?[]? withoutFold)
        : IPreparedLearner, ICrossFitted
    {
        public int Trees => trees;

        public FittedScore?[]? WithoutFold => withoutFold;

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
