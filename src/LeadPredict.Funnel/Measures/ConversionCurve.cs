namespace LeadPredict.Funnel.Measures;

/// <summary>One episode as a time to convert.</summary>
/// <param name="Days">Days until it converted or was left, or, while it is open, days for which it is known to have been.</param>
/// <param name="Converted">Whether it converted.</param>
/// <param name="Left">Whether it ended otherwise, so that it cannot convert any more.</param>
public readonly record struct TimeToConvert(double Days, bool Converted, bool Left = false);

/// <summary>An estimated share with its 95 % interval.</summary>
/// <param name="Value">The share, 0 to 1.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ShareEstimate(double Value, double Low, double High);

/// <summary>
/// The share of episodes that have converted after so many days, from episodes of which some are too young to tell: the cumulative incidence
/// after Aalen and Johansen (1978), in which an episode that ended otherwise converts no more; where none did, that is 1 minus the product-limit
/// estimate (Kaplan and Meier 1958). Variance by the delta method (Dinse and Larson 1986; Greenwood's, 1926, where none ended otherwise), intervals
/// on the scale of log(-log(1 - share)), which stay inside 0 to 1 (Kalbfleisch and Prentice 1980).
/// </summary>
/// <remarks>
/// The estimate lies between what has converted and what has or still can, and is the share itself once all have ended. Immutable.
/// </remarks>
public sealed class ConversionCurve
{
    private const double Z = 1.959963984540054;
    private const double Tail = 0.025;

    /// <summary>Of fewer that are still watched one that ends moves the curve by more than it tells.</summary>
    private const int LeastAtRisk = 10;

    /// <summary>Two sums that should be the same differ by less.</summary>
    private const double Rounding = 1e-12;

    private readonly List<Step> _steps = [];

    // How long those are watched that are open, in order, and until when enough are watched.
    private readonly double[] _open;
    private readonly double _wellWatched;

    // What has converted, and what has or still can.
    private readonly double _least;
    private readonly double _most;

    /// <summary>Builds the curve; the times may come in any order.</summary>
    public ConversionCurve(IEnumerable<TimeToConvert> times)
    {
        TimeToConvert[] sorted = [.. times.OrderBy(time => time.Days)];
        Count = sorted.Length;
        for (int from = 0; from < sorted.Length;)
        {
            int to = from;
            int converted = 0;
            int left = 0;
            while (to < sorted.Length && sorted[to].Days == sorted[from].Days)
            {
                converted += sorted[to].Converted ? 1 : 0;
                left += sorted[to++].Left ? 1 : 0;
            }

            if (converted + left > 0)
            {
                _steps.Add(new(sorted[from].Days, sorted.Length - from, converted, left));
            }

            from = to;
        }

        _open = [.. sorted.Where(time => !time.Converted && !time.Left).Select(time => time.Days)];
        _wellWatched = Count < LeastAtRisk ? 0 : sorted[Count - LeastAtRisk].Days;
        _least = (double)sorted.Count(time => time.Converted) / Math.Max(Count, 1);
        _most = 1 - ((double)sorted.Count(time => time.Left) / Math.Max(Count, 1));
        bool allEnded = _steps.Count > 0 && _steps[^1].Open == 0;
        Through = allEnded ? double.PositiveInfinity : sorted.Length == 0 ? 0 : sorted[^1].Days;
    }

    /// <summary>Episodes.</summary>
    public int Count { get; }

    /// <summary>For how many days the longest-watched episode is known; the curve says nothing of later ones. Infinite when that episode has ended.</summary>
    public double Through { get; }

    /// <summary>The share that has converted after <paramref name="days"/>, or null beyond <see cref="Through"/> and without episodes.</summary>
    public ShareEstimate? At(double days) => Count == 0 || days > Through ? null : Sum(Until(days)).Estimate(Count);

    /// <summary>
    /// The same for episodes that are all too young, or of which few were watched long enough: their own curve as far as it goes, or as enough are watched, and from there on those that
    /// are open end as those of <paramref name="others"/> did that were open after as many days. Where these are too young as well their own curve, null beyond it.
    /// </summary>
    public ShareEstimate? At(double days, ConversionCurve others)
    {
        ArgumentNullException.ThrowIfNull(others);
        // Where few that are still watched would say what becomes of more that are not.
        bool isThin = _steps.Exists(step => step.Days <= days && step.AtRisk < LeastAtRisk && _open.Count(open => open < step.Days) > step.AtRisk);
        if (Count == 0 || (days <= Through && !isThin))
        {
            return At(days);
        }

        double until = isThin ? Math.Min(_wellWatched, days) : Through;
        if (others.Through < days || others.Until(until).Any(step => step.Open == 0))
        {
            return At(days);
        }

        Total total = Sum([.. Until(until), .. others.Until(days).SkipWhile(step => step.Days <= until)]);
        if (_steps.Any(step => step.Converted > 0))
        {
            return WithinWhatCanBe(total.Estimate(Count));
        }

        // None of them has converted: that alone tells little when they are few.
        ShareEstimate later = total.Estimate(others.Count);
        return WithinWhatCanBe(later with { High = 1 - ((1 - later.High) * Math.Pow(Tail, 1.0 / Count)) });
    }

    private ShareEstimate WithinWhatCanBe(ShareEstimate share) => new(Math.Clamp(share.Value, _least, _most), Math.Min(share.Low, _most), Math.Max(share.High, _least));

    /// <summary>Days after which the share has converted, or null when the curve never gets there.</summary>
    /// <param name="share">Above 0, up to 1.</param>
    public double? DaysTo(double share)
    {
        foreach ((Step step, _, double converted) in Passed(_steps))
        {
            if (converted >= share - Rounding)
            {
                return step.Days;
            }
        }

        return null;
    }

    private IEnumerable<Step> Until(double days) => _steps.TakeWhile(step => step.Days <= days);

    /// <summary>Each step with the share that was open before it and the share that has converted by then.</summary>
    private static IEnumerable<(Step Step, double OpenBefore, double Share)> Passed(IEnumerable<Step> steps)
    {
        double open = 1;
        double share = 0;
        foreach (Step step in steps)
        {
            share += open * step.Converted / step.AtRisk;
            yield return (step, open, share);
            open *= (double)step.Open / step.AtRisk;
        }
    }

    private static Total Sum(IEnumerable<Step> steps)
    {
        (Step Step, double OpenBefore, double Share)[] passed = [.. Passed(steps)];
        double share = passed.Length == 0 ? 0 : passed[^1].Share;
        double variance = 0;
        foreach ((Step step, double before, double until) in passed)
        {
            double n = step.AtRisk;
            double later = share - until;
            double ended = step.Converted + step.Left;
            variance += later > 0 ? later * later * ended / (n * step.Open) : 0;
            variance += before * before * (n - step.Converted) * step.Converted / (n * n * n);
            variance -= 2 * later * before * step.Converted / (n * n);
        }

        return new(share, Math.Max(0, variance));
    }

    /// <summary>What happened after so many days.</summary>
    private readonly record struct Step(double Days, int AtRisk, int Converted, int Left)
    {
        public int Open => AtRisk - Converted - Left;
    }

    /// <summary>What steps add up to: the share that converted, and its variance.</summary>
    private readonly record struct Total(double Share, double Variance)
    {
        /// <summary>At 0 and 1 the variance says nothing: there the interval is the exact one of none, or all, of n.</summary>
        public ShareEstimate Estimate(int n)
        {
            if (Share <= 0)
            {
                return new(0, 0, 1 - Math.Pow(Tail, 1.0 / n));
            }

            if (Share >= 1 - Rounding)
            {
                return new(1, Math.Pow(Tail, 1.0 / n), 1);
            }

            double log = Math.Log(1 - Share);
            double spread = Z * Math.Sqrt(Variance) / ((1 - Share) * -log);
            return new(Share, 1 - Math.Exp(log * Math.Exp(-spread)), 1 - Math.Exp(log * Math.Exp(spread)));
        }
    }
}
