namespace LeadPredict.Learning.Logistic;

/// <summary>
/// The equations of a Newton step, <c>(P + X'WX) d = g</c>: P holds the coefficients back, X are the rows, and W on its diagonal has their curvatures. The inverse of the
/// matrix is the posterior covariance of the coefficients.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal abstract class StepEquations
{
    /// <summary>Of the coefficients, or where they are far more than the rows, of the rows: both have the same solution.</summary>
    /// <param name="design">The rows as numbers.</param>
    /// <param name="rows">Those to fit.</param>
    public static StepEquations Of(PenalisedRows design, int[] rows) =>
        rows.Length < design.Size / 2 ? new RowEquations(design, rows) : new CoefficientEquations(design, rows);

    /// <summary>Changes P.</summary>
    /// <param name="penalties">By column of the design, count × count.</param>
    public abstract void Weigh(double[][] penalties);

    /// <summary>Solves the equations.</summary>
    /// <param name="curvatures">One a row to fit.</param>
    /// <param name="right">g, one a coefficient; overwritten by d.</param>
    public abstract void Solve(double[] curvatures, double[] right);

    /// <summary>The posterior covariance where the last solution began, of two coefficients of one column by their places. Takes about as long as a solution.</summary>
    public abstract Func<int, int, double> Covariance();
}
