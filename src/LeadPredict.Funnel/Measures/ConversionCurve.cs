namespace LeadPredict.Funnel.Measures;

/// <summary>One episode as a time to convert.</summary>
/// <param name="Days">Days until it converted, or, where it did not, days for which it is known not to have.</param>
/// <param name="Converted">Whether it converted.</param>
public readonly record struct TimeToConvert(double Days, bool Converted);

/// <summary>An estimated share with its 95 % interval.</summary>
/// <param name="Value">The share, 0 to 1.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ShareEstimate(double Value, double Low, double High);

/// <summary>
/// The share of episodes that have converted after so many days, from episodes of which some are too young to tell: 1 minus the product-limit
/// estimate (Kaplan and Meier 1958), variance after Greenwood (1926), intervals on the scale of log(-log S), which stay inside 0 to 1
/// (Kalbfleisch and Prentice 1980).
/// </summary>
/// <remarks>
/// Who left the episode otherwise, being lost or recycled, stays at risk until the data ends: it is known not to have converted. So the
/// curve is the cumulative incidence (Fine and Gray 1999, their case of known censoring times), not the share that would convert if nobody left.
/// Immutable.
/// </remarks>
public sealed class ConversionCurve
{
    private const double Z = 1.959963984540054;
    private const double Tail = 0.025;
    private readonly List<Step> _steps = [];

    /// <summary>Builds the curve; the times may come in any order.</summary>
    public ConversionCurve(IEnumerable<TimeToConvert> times)
    {
        TimeToConvert[] sorted = [.. times.OrderBy(time => time.Days)];
        Count = sorted.Length;
        Through = sorted.Length == 0 ? 0 : sorted[^1].Days;
        double survival = 1;
        double variance = 0;
        for (int from = 0; from < sorted.Length;)
        {
            int to = from;
            int converted = 0;
            while (to < sorted.Length && sorted[to].Days == sorted[from].Days)
            {
                converted += sorted[to++].Converted ? 1 : 0;
            }

            if (converted > 0)
            {
                int atRisk = sorted.Length - from;
                survival *= 1 - ((double)converted / atRisk);
                variance += (double)converted / ((double)atRisk * (atRisk - converted));
                _steps.Add(new(sorted[from].Days, survival, variance));
            }

            from = to;
        }
    }

    /// <summary>Episodes.</summary>
    public int Count { get; }

    /// <summary>For how many days the longest-watched episode is known; the curve says nothing of later ones.</summary>
    public double Through { get; }

    /// <summary>The share that has converted after <paramref name="days"/>, or null beyond <see cref="Through"/> and without episodes.</summary>
    public ShareEstimate? At(double days) => Count == 0 || days > Through ? null : Estimate(StepAt(days), Count);

    /// <summary>
    /// The same for episodes that are all too young: their own curve as far as it goes, and from there on the hazard of
    /// <paramref name="others"/>. Null where these are too young as well.
    /// </summary>
    public ShareEstimate? At(double days, ConversionCurve others)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (Count == 0 || days <= Through)
        {
            return At(days);
        }

        Step start = others.StepAt(Through);
        if (others.Through < days || start.Survival <= 0)
        {
            return null;
        }

        Step own = StepAt(Through);
        Step end = others.StepAt(days);
        var rest = new Step(days, end.Survival / start.Survival, end.Variance - start.Variance);
        if (own.Survival < 1)
        {
            return Estimate(new(days, own.Survival * rest.Survival, own.Variance + rest.Variance), Count);
        }

        // None of them has converted: that alone tells little when they are few.
        ShareEstimate later = Estimate(rest, others.Count);
        return later with { High = 1 - ((1 - later.High) * Math.Pow(Tail, 1.0 / Count)) };
    }

    /// <summary>Days after which the share has converted, or null when the curve never gets there.</summary>
    /// <param name="share">Above 0, up to 1.</param>
    public double? DaysTo(double share)
    {
        foreach (Step step in _steps)
        {
            if (1 - step.Survival >= share - 1e-12)
            {
                return step.Days;
            }
        }

        return null;
    }

    private Step StepAt(double days)
    {
        int low = 0;
        int high = _steps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _steps[middle].Days <= days ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? new(0, 1, 0) : _steps[low - 1];
    }

    /// <summary>At 0 and 1 the variance says nothing: there the interval is the exact one of none, or all, of n.</summary>
    private static ShareEstimate Estimate(Step step, int n)
    {
        if (step.Survival >= 1)
        {
            return new(0, 0, 1 - Math.Pow(Tail, 1.0 / n));
        }

        if (step.Survival <= 0)
        {
            return new(1, Math.Pow(Tail, 1.0 / n), 1);
        }

        double log = Math.Log(step.Survival);
        double spread = Z * Math.Sqrt(step.Variance) / -log;
        return new(1 - step.Survival, 1 - Math.Exp(log * Math.Exp(-spread)), 1 - Math.Exp(log * Math.Exp(spread)));
    }

    /// <summary>From <paramref name="Days"/> on (included) this holds; <paramref name="Variance"/> is Greenwood's sum.</summary>
    private readonly record struct Step(double Days, double Survival, double Variance);
}
