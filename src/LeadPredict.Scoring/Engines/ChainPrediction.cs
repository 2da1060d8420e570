namespace LeadPredict.Scoring.Engines;

/// <summary>What a model says of one lead at one instant.</summary>
/// <param name="Sql">P(SQL), or null where the funnel does not date that step.</param>
/// <param name="CloseGivenSql">P(close given SQL), or null for funnels of one link.</param>
/// <param name="Close">P(close), or null for a funnel that ends at SQL. Never above <paramref name="Sql"/>, end for end.</param>
/// <param name="Undecided">The first link that is still open, whose reasons are told; null when all is decided.</param>
/// <param name="RawScore">The raw score of that link in log-odds; NaN when all is decided.</param>
public readonly record struct ChainPrediction(
    ProbabilityEstimate? Sql, ProbabilityEstimate? CloseGivenSql, ProbabilityEstimate? Close, ModelLink? Undecided, double RawScore)
{
    /// <summary>The probability at the end of the chain: P(close) where there is one, else P(SQL).</summary>
    public ProbabilityEstimate Final => Close ?? Sql ?? throw new InvalidOperationException("a prediction has at least one probability");

    /// <summary>What is predicted of a link.</summary>
    internal ProbabilityEstimate Of(ModelLink link) => (link switch
    {
        ModelLink.Sql => Sql,
        ModelLink.CloseGivenSql => CloseGivenSql,
        _ => Close,
    }) ?? throw new InvalidOperationException($"there is no prediction of {link}");
}
