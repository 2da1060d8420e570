using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Training;

/// <summary>
/// Whether the market moves so much that random folds flatter: a fit to the earlier rows loses more on the later ones than fits that knew
/// rows from before and after them. What random folds say for trees is then void, for trees may have learnt the times by heart.
/// </summary>
internal static class TimeShift
{
    /// <summary>The excess, in standard errors of itself, that chance alone makes 1 time in 100.</summary>
    private const double Evidence = 2.326;

    /// <summary>The excess, as a share of the loss, below which it does not matter: with millions of rows nothing stands quite still.</summary>
    private const double Matters = 0.02;

    /// <summary>Looks for it.</summary>
    /// <param name="learner">Prepared for the table.</param>
    /// <param name="scores">Its out-of-fold scores.</param>
    /// <param name="table">Rows in time order, without offsets.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static bool Shows(IPreparedLearner learner, double[] scores, TrainingTable table, CancellationToken cancellation)
    {
        LaterSlice slice = LaterSlice.Of(table);
        int positives = slice.Earlier.Count(row => table.Labels[row] == 1);
        if (positives == 0 || positives == slice.Earlier.Length)
        {
            return false;
        }

        var forward = new double[table.RowCount];
        learner.Fit(slice.Earlier, cancellation).ScoreInto(table.Features, slice.Later, forward);
        double Known(int row) => LogisticLoss.Of(scores[row], table.Labels[row]);
        PairedGap excess = PairedGap.Of(table, slice.Later, row => LogisticLoss.Of(forward[row], table.Labels[row]) - Known(row));
        double loss = PairedGap.Of(table, slice.Later, Known).Mean;
        return excess.Mean > Evidence * excess.Error && excess.Mean > Matters * loss;
    }
}
