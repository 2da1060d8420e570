using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Logistic;

/// <summary>Fits the coefficients of one design to any of its rows, held back in one of several ways.</summary>
/// <remarks>Safe to use from many threads.</remarks>
/// <param name="table">The rows.</param>
/// <param name="design">The rows as numbers.</param>
/// <param name="directions">By column: 1, -1, or 0 for free; null when all are.</param>
internal sealed class LogisticFitter(TrainingTable table, LogisticDesign design, int[]? directions)
{
    private const double Tolerance = 1e-9;

    /// <summary>Near enough to choose a ridge by.</summary>
    private const double RoughTolerance = 1e-6;

    /// <summary>Rounds of finding which stretches of monotone columns have to be held; a handful is the rule.</summary>
    private const int MostRounds = 20;

    private readonly Lazy<NarrowRows> _straight = new(() => NarrowRows.Of(
        design,
        [.. Enumerable.Range(0, table.RowCount)],
        [.. design.Penalties.Select(penalty => Enumerable.Range(0, penalty.Forms).Select(form => form != penalty.Bends).ToArray())]));

    /// <summary>Each form held back as hard as the rows call for: the weights are found anew for every set of rows, for weights that knew the held-out rows would flatter the score on them.</summary>
    public double[] Found(int[] rows, CancellationToken cancellation) =>
        Fit(rows, EmpiricalBayes.Weights(design, table, rows, doubts: true, cancellation), cancellation);

    /// <summary>All forms held back alike.</summary>
    public double[] Alike(int[] rows, double ridge, CancellationToken cancellation) => Fit(rows, EmpiricalBayes.Same(design, ridge), cancellation);

    /// <summary>Straight lines, and all else held back alike: what is usually meant by a logistic regression with a ridge.</summary>
    public double[] Straight(int[] rows, double ridge, CancellationToken cancellation) => Fit(rows, EmpiricalBayes.Straight(design, ridge), cancellation);

    /// <summary>The same for many penalties: each fit goes on from the one before it, so that the harder ones come first.</summary>
    public double[][] Straights(int[] rows, double[] ridges, CancellationToken cancellation)
    {
        if (directions is not null)
        {
            return [.. ridges.Select(ridge => Straight(rows, ridge, cancellation))];
        }

        NarrowRows straight = _straight.Value;
        var solver = new NewtonSolver(straight, table, rows, EmpiricalBayes.Same(straight, ridges[0]));
        var fits = new double[ridges.Length][];
        for (int i = 0; i < ridges.Length; i++)
        {
            solver.Weigh(EmpiricalBayes.Same(straight, ridges[i]));
            solver.Finish(RoughTolerance, cancellation);
            fits[i] = straight.Whole(solver.Coefficients);
        }

        return fits;
    }

    /// <summary>The log-odds of a row.</summary>
    public double Score(int row, double[] coefficients) => design.Score(row, coefficients);

    /// <summary>The served form.</summary>
    public FittedScore Served(double[] coefficients) =>
        new(null, design.Terms(coefficients, table.Weights, directions), coefficients[design.Intercept]);

    /// <summary>
    /// What widens the interval of rows unlike those fitted. Effects vary as the rows make most likely: what is kept out of the score because
    /// chance could have made it may be there all the same.
    /// </summary>
    /// <param name="rows">Those fitted.</param>
    /// <param name="ridge">The penalty of all forms where it is given.</param>
    /// <param name="cancellation">Stops the work.</param>
    public NoveltyTerms? Novelty(int[] rows, double? ridge, CancellationToken cancellation)
    {
        double[][] weights = ridge is { } same ? EmpiricalBayes.Same(design, same) : EmpiricalBayes.Weights(design, table, rows, doubts: false, cancellation);
        return design.Novelty(weights, Fit(rows, weights, cancellation), table.Weights, rows);
    }

    private double[] Fit(int[] rows, double[][] weights, CancellationToken cancellation)
    {
        // Of more rows the narrow ones would take memory, and equations are no longer what takes the time.
        if (directions is null && rows.Length <= EmpiricalBayes.MostRows && EmpiricalBayes.Left(design, weights) is { } left)
        {
            NarrowRows narrow = NarrowRows.Of(design, rows, left);
            var few = new NewtonSolver(narrow, table, rows, narrow.Narrow(weights));
            few.Finish(Tolerance, cancellation);
            return narrow.Whole(few.Coefficients);
        }

        var solver = new NewtonSolver(design, table, rows, weights);
        solver.Finish(Tolerance, cancellation);
        if (directions is not null)
        {
            Hold(solver, weights, new MonotoneHold(design, directions), cancellation);
        }

        return solver.Coefficients;
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
