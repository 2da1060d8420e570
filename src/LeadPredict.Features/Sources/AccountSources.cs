namespace LeadPredict.Features.Sources;

/// <summary>What is counted of the lead's colleagues: the other leads of its account, as known at AsOf.</summary>
public enum AccountMeasure
{
    /// <summary>Colleagues known.</summary>
    KnownLeads,

    /// <summary>Their activity in the last 30 days.</summary>
    Touches30,

    /// <summary>Their activity in the last 90 days.</summary>
    Touches90,

    /// <summary>Colleagues that ever reached SQL or a later forward stage.</summary>
    ReachedSql,

    /// <summary>Colleagues that were won.</summary>
    Won,

    /// <summary>Colleagues that were lost or disqualified.</summary>
    Lost,
}

/// <summary>Account-level activity: a count over the lead's colleagues; 0 for a lead that stands alone.</summary>
/// <param name="Measure">What is counted.</param>
public sealed record AccountActivity(AccountMeasure Measure) : FeatureSource;
