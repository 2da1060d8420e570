namespace LeadPredict.Learning.Tables;

/// <summary>Features with what became of each row: label, weight and group.</summary>
/// <remarks>Immutable as long as the arrays given are left alone (they are not copied); safe to read from many threads.</remarks>
public sealed class TrainingTable
{
    /// <summary>Creates a table to learn from or to evaluate on.</summary>
    /// <param name="features">The features, rows in time order.</param>
    /// <param name="labels">One a row: 1 converted, 0 not.</param>
    /// <param name="weights">One a row, finite and above 0; null means 1 each.</param>
    /// <param name="groups">One a row; rows of one group never part between folds; null means a group of its own for each row.</param>
    /// <exception cref="TableShapeException">A length differs from the row count or a value is out of range.</exception>
    public TrainingTable(FeatureTable features, byte[] labels, float[]? weights = null, int[]? groups = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        Features = features;
        Labels = labels;
        CheckLength("labels", labels.Length);
        if (weights is null)
        {
            weights = new float[labels.Length];
            Array.Fill(weights, 1f);
        }

        groups ??= [.. Enumerable.Range(0, labels.Length)];
        Weights = weights;
        Groups = groups;
        CheckLength("weights", weights.Length);
        CheckLength("groups", groups.Length);
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] > 1)
            {
                throw new TableShapeException(null, row, $"Row {row} has label {labels[row]}; expected 0 or 1.");
            }

            if (!(weights[row] > 0) || float.IsInfinity(weights[row]))
            {
                throw new TableShapeException(
                    null, row, FormattableString.Invariant($"Row {row} has weight {weights[row]}; expected a finite number above 0."));
            }

            Positives += labels[row];
        }
    }

    /// <summary>The features, rows in time order.</summary>
    public FeatureTable Features { get; }

    /// <summary>One a row: 1 converted, 0 not.</summary>
    public byte[] Labels { get; }

    /// <summary>One a row, above 0.</summary>
    public float[] Weights { get; }

    /// <summary>One a row; rows of one group never part between folds.</summary>
    public int[] Groups { get; }

    /// <summary>One a row, in log-odds, or null: a score that is given already. What is learnt adds to it.</summary>
    public double[]? Offsets { get; private init; }

    /// <summary>What parts rows of other circumstances from the usual ones, or null (default): all rows are of one kind.</summary>
    public Situation? Situation { get; private init; }

    /// <summary>The number of rows with label 1, unweighted.</summary>
    public int Positives { get; }

    /// <summary>The number of rows with label 0, unweighted.</summary>
    public int Negatives => RowCount - Positives;

    /// <summary>The number of rows.</summary>
    public int RowCount => Features.RowCount;

    /// <summary>The same rows with a score that is given already.</summary>
    /// <param name="offsets">One a row, finite, in log-odds; not copied.</param>
    /// <exception cref="TableShapeException">The length differs from the row count, or a score is not finite.</exception>
    public TrainingTable WithOffsets(double[] offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        CheckLength("offsets", offsets.Length);
        int bad = Array.FindIndex(offsets, offset => !double.IsFinite(offset));
        return bad < 0
            ? new TrainingTable(Features, Labels, Weights, Groups) { Offsets = offsets, Situation = Situation }
            : throw new TableShapeException(null, bad, FormattableString.Invariant($"Row {bad} has offset {offsets[bad]}; expected a finite number."));
    }

    /// <summary>The same rows with what parts those of other circumstances.</summary>
    /// <param name="situation">Columns of this table, and one word a row; not copied.</param>
    /// <exception cref="TableShapeException">The length differs from the row count, or a column is not there.</exception>
    public TrainingTable WithSituation(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        CheckLength("words on what is usual", situation.Usual.Length);
        int bad = Array.FindIndex(situation.Columns, column => column < 0 || column >= Features.Columns.Count);
        return bad < 0
            ? new TrainingTable(Features, Labels, Weights, Groups) { Offsets = Offsets, Situation = situation }
            : throw new TableShapeException(null, null, $"The situation names column {situation.Columns[bad]}; expected one from 0 to {Features.Columns.Count - 1}.");
    }

    /// <summary>A new table of the rows named, in the order named.</summary>
    public TrainingTable Select(ReadOnlySpan<int> rows) =>
        new(Features.Select(rows), Labels.At(rows), Weights.At(rows), Groups.At(rows)) { Offsets = Offsets?.At(rows), Situation = Situation?.Select(rows) };

    private void CheckLength(string what, int found)
    {
        if (found != Features.RowCount)
        {
            throw new TableShapeException(null, null, $"Found {found} {what} for {Features.RowCount} rows; expected one a row.");
        }
    }
}
