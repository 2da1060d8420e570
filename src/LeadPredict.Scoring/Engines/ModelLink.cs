namespace LeadPredict.Scoring.Engines;

/// <summary>One probability that a model knows.</summary>
public enum ModelLink
{
    /// <summary>P(SQL).</summary>
    Sql = 0,

    /// <summary>P(close given SQL).</summary>
    CloseGivenSql = 1,

    /// <summary>The one probability of a one-link funnel to won, or of a table.</summary>
    Close = 2,
}
