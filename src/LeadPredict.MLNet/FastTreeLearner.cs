using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using Microsoft.ML.Calibrators;

namespace LeadPredict.MLNet;

/// <summary>Microsoft.ML's FastTree as a learner: <c>--learner fasttree</c>. Its trees are served in the common form, without Microsoft.ML.</summary>
/// <remarks>
/// Stateless. It cannot start from another model's scores, has no monotone constraints, and grows as many trees as it is told, 100 unless set.
/// </remarks>
public sealed class FastTreeLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "fasttree";

    /// <inheritdoc/>
    /// <exception cref="TrainerOptionException">A column is to be monotone.</exception>
    /// <exception cref="NotSupportedException">The rows have offsets.</exception>
    public IPreparedLearner Prepare(TrainingTable table, int[] folds, TrainerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Monotone.Count > 0)
        {
            throw new TrainerOptionException(nameof(TrainerOptions.Monotone), "set", "nothing with learner 'fasttree', which has no monotone constraints");
        }

        return table.Offsets is null
            ? new Prepared(table, options)
            : throw new NotSupportedException("FastTree cannot start from the scores of another learner; it can only learn alone.");
    }

    private sealed class Prepared(TrainingTable table, TrainerOptions options) : IPreparedLearner
    {
        public int Trees => options.Trees ?? 100;

        public FittedScore Fit(int[] rows, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            var fit = new FastTreeFit(new SlotLayout(table.Features.Columns), options);
            var trained = fit.Fit(table, rows).Model.Model;
            PlattCalibrator platt = trained.Calibrator;
            var ensemble = trained.SubModel.TrainedTreeEnsemble;

            // Platt's p = 1 / (1 + exp(slope * score + offset)), so the log-odds are minus that.
            return new FittedScore(
                FastTreeConversion.Convert(ensemble, platt.Slope, table, rows), null, -(platt.Offset + (platt.Slope * ensemble.Bias)));
        }
    }
}
