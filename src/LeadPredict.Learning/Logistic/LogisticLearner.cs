using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Logistic;

/// <summary>L2-regularised logistic regression on categories, bent numeric lines and missing indicators.</summary>
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
        var design = new LogisticDesign(table.Features);
        var solver = new NewtonSolver(design, table.Labels, table.Weights);
        double penalty = options.LogisticL2 ?? PenaltyChoice.Choose(solver, folds, cancellation);
        return new Prepared(design, solver, penalty);
    }

    private sealed class Prepared(LogisticDesign design, NewtonSolver solver, double penalty) : IPreparedLearner
    {
        public int Trees => 0;

        public double? Penalty => penalty;

        public FittedScore Fit(int[] rows, CancellationToken cancellation)
        {
            double[] coefficients = solver.Fit(rows, penalty, Tolerance, null, cancellation);
            LinearTerms terms = design.Terms(coefficients);
            return new FittedScore(null, terms, coefficients[design.Intercept]);
        }
    }
}
