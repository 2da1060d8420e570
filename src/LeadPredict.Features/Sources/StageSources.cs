using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Sources;

/// <summary>The stage as known at AsOf, a category.</summary>
public sealed record CurrentStage : FeatureSource;

/// <summary>Days since the present stay in the stage began.</summary>
public sealed record TimeInStage : FeatureSource;

/// <summary>Days from the first entry into <paramref name="From"/> to the first entry into <paramref name="To"/>; missing when one is not known, 0 when out of order.</summary>
/// <param name="From">The earlier stage; <see cref="Stage.Lead"/> is the lead's creation.</param>
/// <param name="To">The later stage.</param>
public sealed record StageVelocity(Stage From, Stage To) : FeatureSource;

/// <summary>How often the lead had entered a stage, its present stay left out: for MQL, the earlier MQL episodes.</summary>
/// <param name="Stage">The stage; staying in it and being entered again counts once.</param>
public sealed record EarlierEntries(Stage Stage) : FeatureSource;
