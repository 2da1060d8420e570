using LeadPredict.Funnel.Examples;

namespace LeadPredict.Funnel.Splits;

/// <summary>How the test start is chosen.</summary>
public sealed record SplitOptions
{
    /// <summary>The share of the used examples that is meant for the test; default 0.3, above 0 and below 1. Not used with <see cref="TestStart"/>.</summary>
    public double TestShare { get; init; } = 0.3;

    /// <summary>The test start itself, or null to have it chosen; default null.</summary>
    public DateTimeOffset? TestStart { get; init; }

    /// <summary>Either side must have as many examples of the target that decides, with as many as a tenth of them converted; default 50, at least 1.</summary>
    public int MinimumPerSide { get; init; } = 50;
}

/// <summary>How many examples of a target went where.</summary>
/// <param name="Target">The target.</param>
/// <param name="Counts">The number for each side or reason; all are there.</param>
/// <param name="TrainConverted">Converted ones among those to learn from.</param>
/// <param name="TestConverted">Converted ones among those to test on.</param>
public sealed record SplitCounts(Target Target, IReadOnlyDictionary<SplitSide, int> Counts, int TrainConverted, int TestConverted);
