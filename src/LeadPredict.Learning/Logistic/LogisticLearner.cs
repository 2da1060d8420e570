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

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public IPreparedLearner Prepare(TrainingTable table, int[] folds, TrainerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        return new Prepared(table, new LogisticDesign(table.Features), options.LogisticL2);
    }

    private sealed class Prepared(TrainingTable table, LogisticDesign design, double? penalty) : IPreparedLearner
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
            LinearTerms terms = design.Terms(solver.Coefficients);
            return new FittedScore(null, terms, solver.Coefficients[design.Intercept]);
        }
    }
}
