using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// How far off the score of a value may be that training rows had rarely or never: what the column's effects were taken to vary by beforehand
/// (see <see cref="EmpiricalBayes"/>) is what is still open where no row spoke, and the more rows spoke the less of it.
/// </summary>
/// <param name="Weights">By form of the column's penalty: one over what its departures vary by beforehand.</param>
/// <param name="Information">By place, the intercept's last, <c>Σ weight p (1 - p) x²</c> over the rows that were fitted.</param>
/// <param name="Hidden">The variance of a slope that few rows hide, see <see cref="Training.HiddenSignal"/>: as likely in one column as in another.</param>
internal sealed record ColumnNovelty(double[] Weights, double[] Information, double Hidden)
{
    /// <summary>Less is not seen in any interval.</summary>
    private const double Negligible = 1e-3;

    /// <summary>What a form's departures vary by where no row speaks, in log-odds squared.</summary>
    /// <param name="form">Of the column's penalty.</param>
    public double Variance(int form) => Left(form, 0);

    /// <summary>What is left of it for a coefficient that rows spoke of.</summary>
    /// <param name="form">Of the column's penalty.</param>
    /// <param name="place">The coefficient's place.</param>
    public double Variance(int form, int place) => Left(form, Information[place]);

    /// <summary>What is left of it for the slope of all rows, in standard deviations of the column.</summary>
    /// <param name="form">Of the column's penalty.</param>
    public double SlopeVariance(int form) => Left(form, Information[^1]) + Hidden;

    /// <summary>The variances as they are served: less the average of the training rows, which the interval of a score has in it already; null when nothing is left.</summary>
    /// <param name="variances">By value.</param>
    /// <param name="values">The training rows'.</param>
    /// <param name="weights">The training rows'.</param>
    public static LinearTerm? BeyondUsual(LinearTerm? variances, ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        if (variances is null)
        {
            return null;
        }

        double usual = ColumnAverage.Of(variances, values, weights);
        double Beyond(double variance) => variance - usual > Negligible ? variance - usual : 0;
        LinearTerm beyond = variances switch
        {
            NumericTerm numeric => new NumericTerm(numeric.Knots, [.. numeric.Values.Select(Beyond)], Beyond(numeric.Missing), 0),
            CategoricalTerm categorical => new CategoricalTerm([.. categorical.Coefficients.Select(Beyond)], Beyond(categorical.Missing), 0),
            _ => throw new InvalidOperationException($"no novelty of {variances.GetType().Name}"),
        };
        return beyond.Bound > 0 ? beyond : null;
    }

    private double Left(int form, double information) => 1 / (Weights[form] + information);
}
