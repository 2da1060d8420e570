using System.Collections.Immutable;
using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Training;

/// <summary>
/// Small trees on the columns of the table's <see cref="Situation"/> that learn what a score leaves there. Rows of other circumstances than the usual count little while all columns
/// are learnt from, for of those they say much the same again; how far such rows are from the usual ones is known from them alone, so here each counts in full.
/// </summary>
internal static class SituationPart
{
    private const int Leaves = 8;
    private const double LearningRate = 0.1;

    /// <summary>So many of the usual rows have values of which nothing is told apart: what is special of them has been learnt.</summary>
    private const double UsualShare = 0.99;

    /// <summary>The part, to be added as it is, or null where it does not earn its <see cref="StackBlend.Price"/>, or no more than chance among groups may have given.</summary>
    /// <param name="scores">Out of fold, of all other parts, by row.</param>
    /// <param name="table">The rows.</param>
    /// <param name="folds">The fold of each row.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="progress">Told of each step, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static StackPart? Of(
        double[] scores, TrainingTable table, int[] folds, TrainerOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (table.Situation is not { Differs: true } situation)
        {
            return null;
        }

        FeatureColumn[] columns = [.. situation.Columns.Select(column => table.Features.Columns[column])];
        TrainingTable narrow = new TrainingTable(
            new FeatureTable(columns, [.. situation.Columns.Select(column => Floored(table.Features, column, situation.Usual))]), table.Labels, null, table.Groups).WithOffsets(scores);

        // Rows of one group say much the same: a leaf has to have as many of different groups as one of another tree has rows.
        double alike = (double)table.RowCount / table.Groups.Distinct().Count();
        TrainerOptions small = options with
        {
            Trees = null,
            Leaves = Leaves,
            LearningRate = LearningRate,
            RowShare = 1,
            ColumnShare = 1,
            MinLeafSamples = (int)Math.Ceiling(options.MinLeafSamples * alike),
            L2 = options.L2 * alike,
            Monotone = Directions(situation.Columns, table.Features, options),
        };
        StackPart part = StackPart.Of("trees on the situation", new TreeLearner(), narrow, folds, small, progress, cancellation);
        PairedGap gain = PairedGap.Of(
            narrow,
            [.. Enumerable.Range(0, scores.Length)],
            row => LogisticLoss.Of(scores[row], table.Labels[row]) - LogisticLoss.Of(scores[row] + part.Scores[row], table.Labels[row]));
        return gain.Mean > gain.Error && gain.Mean * scores.Length > StackBlend.Price(scores.Length)
            ? new(part.Name, new Placed(part.Learner, situation.Columns), part.Scores, [.. part.Fits.Select(fit => Place(fit, situation.Columns))])
            : null;
    }

    /// <summary>The column's values, none below that of most usual rows.</summary>
    private static float[] Floored(FeatureTable table, int column, bool[] usual)
    {
        float[] values = table.Column(column).ToArray();
        if (table.Columns[column].Kind != ColumnKind.Numeric)
        {
            return values;
        }

        float[] sorted = [.. values.Where((value, row) => usual[row] && !float.IsNaN(value)).Order()];
        float floor = sorted.Length == 0 ? float.NegativeInfinity : (float)KnotPlacement.Quantile(sorted, UsualShare);
        return [.. values.Select(value => float.IsNaN(value) ? value : Math.Max(value, floor))];
    }

    /// <summary>What is asked of these columns; names that differ in case alone are found among all columns.</summary>
    private static ImmutableSortedDictionary<string, MonotoneDirection> Directions(int[] columns, FeatureTable table, TrainerOptions options) =>
        MonotoneColumns.Of(table, options) is not { } directions
            ? TrainerOptions.FreeColumns
            : TrainerOptions.FreeColumns.AddRange(columns.Where(column => directions[column] != 0).Select(column => KeyValuePair.Create(table.Columns[column].Name, (MonotoneDirection)directions[column])));

    /// <summary>The fit with its questions asked of the columns of the whole table.</summary>
    private static FittedScore Place(FittedScore fit, int[] columns) => fit with
    {
        Trees = new TreeEnsemble(fit.Trees!.Arrays with { Feature = [.. fit.Trees.Arrays.Feature.Select(feature => feature < 0 ? feature : columns[feature])] }),
    };

    private sealed class Placed(IPreparedLearner learner, int[] columns) : IPreparedLearner
    {
        public int Trees => learner.Trees;

        public FittedScore Fit(int[] rows, CancellationToken cancellation) => Place(learner.Fit(rows, cancellation), columns);
    }
}
