namespace LeadPredict.Training.Train.History;

/// <summary>What people read a funnel's probabilities as.</summary>
internal static class ProbabilityName
{
    /// <summary>Of an MQL that becomes SQL.</summary>
    public const string Sql = "P(SQL)";

    /// <summary>Of an SQL that is won.</summary>
    public const string CloseGivenSql = "P(close | SQL)";

    /// <summary>Of a lead that is won, by whatever links.</summary>
    public const string Close = "P(close)";
}
