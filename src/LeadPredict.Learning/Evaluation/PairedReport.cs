namespace LeadPredict.Learning.Evaluation;

/// <summary>Differences of two scorers on the same rows: A minus B, each with its paired 95 % interval.</summary>
/// <remarks>An interval that holds 0 means the rows do not tell which is better. Lower is better for log loss and Brier, higher for the rest.</remarks>
public sealed record PairedReport
{
    /// <summary>Rows.</summary>
    public required int N { get; init; }

    /// <summary>Rows that converted.</summary>
    public required int Positives { get; init; }

    /// <summary>Log loss of A minus that of B, in nats: below 0 A's probabilities are better.</summary>
    public required Metric LogLoss { get; init; }

    /// <summary>Brier score of A minus that of B: below 0 A's probabilities are better.</summary>
    public required Metric Brier { get; init; }

    /// <summary>AUC of A minus that of B: above 0 A ranks better.</summary>
    public required Metric Auc { get; init; }

    /// <summary>Average precision of A minus that of B.</summary>
    public required Metric PrAuc { get; init; }

    /// <summary>Lift in the best 10 % of A minus that of B.</summary>
    public required Metric LiftAt10 { get; init; }

    /// <summary>Lift in the best 20 % of A minus that of B.</summary>
    public required Metric LiftAt20 { get; init; }

    /// <summary>Conversion rate in the best 10 % of A minus that of B.</summary>
    public required Metric PrecisionAt10 { get; init; }

    /// <summary>Conversion rate in the best 20 % of A minus that of B.</summary>
    public required Metric PrecisionAt20 { get; init; }
}
