using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// An additive logistic model: categories, bent numeric lines and missing indicators, each column held back as hard as the rows call for
/// (see <see cref="EmpiricalBayes"/>), or all alike by <see cref="TrainerOptions.LogisticL2"/>.
/// </summary>
public sealed class LogisticLearner : ILearner
{
    private const double Tolerance = 1e-9;

    /// <summary>Rounds of finding which stretches of monotone columns have to be held; a handful is the rule.</summary>
    private const int MostRounds = 20;

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public IPreparedLearner Prepare(TrainingTable table, int[] folds, TrainerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        return new Prepared(
            table, new LogisticDesign(table.Features), options.LogisticL2, MonotoneColumns.Of(table.Features, options));
    }

    private sealed class Prepared(TrainingTable table, LogisticDesign design, double? penalty, int[]? directions) : IPreparedLearner
    {
        public int Trees => 0;

        public FittedScore Fit(int[] rows, CancellationToken cancellation)
        {
            // The weights are found anew for every set of rows: weights that knew the held-out rows would flatter the score on them.
            double[][] weights = penalty is { } same
                ? EmpiricalBayes.Same(design, same)
                : EmpiricalBayes.Weights(design, table, rows, cancellation);
            var solver = new NewtonSolver(design, table, rows, weights);
            solver.Finish(Tolerance, cancellation);
            if (directions is not null)
            {
                Hold(solver, weights, new MonotoneHold(design, directions), cancellation);
            }

            LinearTerms terms = design.Terms(solver.Coefficients, table.Weights, directions);
            return new FittedScore(null, terms, solver.Coefficients[design.Intercept]);
        }

        private static void Hold(NewtonSolver solver, double[][] weights, MonotoneHold hold, CancellationToken cancellation)
        {
            // Near the end nothing is let go any more, so that it ends.
            for (int round = 0; round < MostRounds && hold.Update(solver.Coefficients, release: round < MostRounds / 2); round++)
            {
                solver.Weigh(weights, hold);
                solver.Finish(Tolerance, cancellation);
            }
        }
    }
}
