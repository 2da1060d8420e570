using LeadPredict.Learning.Models;

namespace LeadPredict.Scoring.Engines;

/// <summary>A probability with the ends of its interval: <c>0 &lt;= Low &lt;= Value &lt;= High &lt;= 1</c>, never NaN.</summary>
/// <param name="Value">The probability.</param>
/// <param name="Low">The lower end of its interval, as the model was trained to give it; 0 when nothing is known.</param>
/// <param name="High">The upper end; 1 when nothing is known.</param>
public readonly record struct ProbabilityEstimate(double Value, double Low, double High)
{
    /// <summary>It has happened.</summary>
    public static ProbabilityEstimate Certain => new(1, 1, 1);

    /// <summary>It cannot happen any more.</summary>
    public static ProbabilityEstimate Impossible => new(0, 0, 0);

    /// <summary>What a model says of a row.</summary>
    /// <param name="model">The model.</param>
    /// <param name="row">One value a column.</param>
    /// <param name="raw">The row's raw score.</param>
    internal static ProbabilityEstimate Of(ScoreModel model, ReadOnlySpan<float> row, double raw)
    {
        double probability = model.Probability(raw);
        ProbabilityInterval interval = model.Interval(row, raw, probability);
        return new(probability, interval.Low, interval.High);
    }
}
