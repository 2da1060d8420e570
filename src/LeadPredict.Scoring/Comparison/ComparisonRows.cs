namespace LeadPredict.Scoring.Comparison;

/// <summary>Later leads, scored by the model and by the scorecard's rules, with what became of them. All arrays are of one length, at least 1.</summary>
public sealed record ComparisonRows
{
    /// <summary>1 converted, 0 not.</summary>
    public required byte[] Labels { get; init; }

    /// <summary>The model's probabilities, from 0 to 1.</summary>
    public required double[] ModelProbabilities { get; init; }

    /// <summary>The scorecard's points, what the rules rank by; finite.</summary>
    public required double[] ScorecardPoints { get; init; }

    /// <summary>The probability that was fitted to the points on earlier leads, from 0 to 1: what puts the rules on the model's scale.</summary>
    public required double[] ScorecardProbabilities { get; init; }

    /// <summary>Rows with the same number (leads of one account) are resampled together.</summary>
    public required int[] Groups { get; init; }

    /// <summary>Names of the leads, for the list of disagreements.</summary>
    public required string[] LeadIds { get; init; }

    /// <summary>What the lead's won deal brought, NaN where it was not won or no amount is known; null where amounts are not asked for.</summary>
    public double[]? Amounts { get; init; }

    /// <summary>The currency of the amounts, or null.</summary>
    public string? Currency { get; init; }

    /// <summary>Over how many days the leads came in; above 0, or null when that is not known.</summary>
    public double? Days { get; init; }

    /// <summary>By attribute the segment of each lead, to be compared part by part.</summary>
    public IReadOnlyDictionary<string, string[]> Segments { get; init; } = new Dictionary<string, string[]>();

    internal void Check()
    {
        if (Amounts is { } amounts && amounts.Length != Labels.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"The comparison got {amounts.Length} amounts for {Labels.Length} leads; expected as many."));
        }

        foreach ((string attribute, string[] values) in Segments)
        {
            if (values.Length != Labels.Length)
            {
                throw new ArgumentException(FormattableString.Invariant($"The comparison got {values.Length} segments of {attribute} for {Labels.Length} leads; expected as many."));
            }
        }

        int rows = Labels.Length;
        if (rows == 0 || ModelProbabilities.Length != rows || ScorecardPoints.Length != rows || ScorecardProbabilities.Length != rows
            || Groups.Length != rows || LeadIds.Length != rows)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The comparison got {rows} labels, {ModelProbabilities.Length} model probabilities, {ScorecardPoints.Length} points, {ScorecardProbabilities.Length} scorecard probabilities, {Groups.Length} groups and {LeadIds.Length} lead ids; expected as many of each, and at least one."));
        }
    }
}
