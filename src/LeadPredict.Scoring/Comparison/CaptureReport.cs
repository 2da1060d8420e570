namespace LeadPredict.Scoring.Comparison;

/// <summary>Converted leads caught against leads called, for the lists of model, rules, both and chance. All arrays are of one length.</summary>
/// <remarks>
/// Leads of equal score at the edge are called with their expected share, so the counts need not be whole. <em>Both</em> ranks by the mean of the two
/// ranks. Up to 250 leads every number of calls is told, beyond that 250 evenly spread ones; the last is all leads.
/// </remarks>
public sealed record CaptureReport
{
    /// <summary>Over how many days the leads came in, or null when that is not known.</summary>
    public double? Days { get; init; }

    /// <summary>The currency of the revenue, the company's main one; empty where deals name none, null without amounts.</summary>
    public string? Currency { get; init; }

    /// <summary>Converted leads that brought an amount in <see cref="Currency"/>; null without amounts.</summary>
    public int? WithAmount { get; init; }

    /// <summary>How many leads are called, rising from 0.</summary>
    public required int[] Called { get; init; }

    /// <summary>Converted leads among the first of the model's list.</summary>
    public required double[] Model { get; init; }

    /// <summary>Converted leads among the first of the rules' list.</summary>
    public required double[] Rules { get; init; }

    /// <summary>Converted leads among the first of the joint list.</summary>
    public required double[] Both { get; init; }

    /// <summary>Lower end of the 95 % interval of model minus rules.</summary>
    public required double[] DifferenceLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double[] DifferenceHigh { get; init; }

    /// <summary>Revenue of the won leads among the first of the model's list, or null without amounts.</summary>
    public double[]? ModelRevenue { get; init; }

    /// <summary>The same of the rules' list.</summary>
    public double[]? RulesRevenue { get; init; }

    /// <summary>The step that tells of a number of calls: the last that calls no more.</summary>
    /// <param name="called">0 or more.</param>
    public int StepOf(double called)
    {
        int step = Array.BinarySearch(Called, (int)Math.Min(called, Called[^1]));
        return step >= 0 ? step : ~step - 1;
    }
}
