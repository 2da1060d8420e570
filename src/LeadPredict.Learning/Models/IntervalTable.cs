using System.Collections.Immutable;

namespace LeadPredict.Learning.Models;

/// <summary>
/// Lower and upper ends of the probability over the raw score: straight between knots, level outside them, never falling.
/// </summary>
/// <remarks>Immutable and safe to use from many threads; looking up allocates nothing.</remarks>
public sealed class IntervalTable
{
    /// <summary>Checks and keeps the knots.</summary>
    /// <param name="knots">Raw scores, at least one, finite, strictly increasing.</param>
    /// <param name="low">The lower end at each knot, 0 to 1, never falling.</param>
    /// <param name="high">The upper end at each knot, at least the lower, to 1, never falling.</param>
    /// <exception cref="ModelShapeException">The arrays break one of these rules.</exception>
    public IntervalTable(ImmutableArray<double> knots, ImmutableArray<double> low, ImmutableArray<double> high)
    {
        if (knots.IsDefaultOrEmpty || low.IsDefault || high.IsDefault || low.Length != knots.Length || high.Length != knots.Length)
        {
            throw new ModelShapeException("Intervals", "of unequal lengths or empty", "as many lower and upper ends as knots, and at least one");
        }

        for (int i = 0; i < knots.Length; i++)
        {
            ModelShapeException.Finite($"Intervals.Knots[{i}]", knots[i]);
            Check($"Intervals.Low[{i}]", low[i], i == 0 ? 0 : low[i - 1], 1);
            Check($"Intervals.High[{i}]", high[i], Math.Max(low[i], i == 0 ? 0 : high[i - 1]), 1);
            if (i > 0 && knots[i] <= knots[i - 1])
            {
                throw ModelShapeException.Of($"Intervals.Knots[{i}]", knots[i], FormattableString.Invariant($"more than {knots[i - 1]:R}, the knot before"));
            }
        }

        Knots = knots;
        Low = low;
        High = high;
    }

    /// <summary>Nothing is known: [0, 1] everywhere.</summary>
    public static IntervalTable Unknown { get; } = new([0.0], [0.0], [1.0]);

    /// <summary>Raw scores, strictly increasing.</summary>
    public ImmutableArray<double> Knots { get; }

    /// <summary>The lower end at each knot.</summary>
    public ImmutableArray<double> Low { get; }

    /// <summary>The upper end at each knot.</summary>
    public ImmutableArray<double> High { get; }

    /// <summary>The interval at a raw score; NaN counts as 0, as it does for calibration.</summary>
    public ProbabilityInterval At(double rawScore)
    {
        double raw = double.IsNaN(rawScore) ? 0 : rawScore;
        int found = Knots.AsSpan().BinarySearch(raw);
        int right = found >= 0 ? found : ~found;
        if (found >= 0 || right == 0 || right == Knots.Length)
        {
            int at = Math.Min(right, Knots.Length - 1);
            return new ProbabilityInterval(Low[at], High[at]);
        }

        // Halves keep the difference of two huge knots finite.
        double share = ((raw / 2) - (Knots[right - 1] / 2)) / ((Knots[right] / 2) - (Knots[right - 1] / 2));
        return new ProbabilityInterval(Between(Low[right - 1], Low[right], share), Between(High[right - 1], High[right], share));
    }

    private static double Between(double from, double to, double share) => Math.Clamp(from + (share * (to - from)), from, to);

    private static void Check(string part, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw ModelShapeException.Of(part, value, FormattableString.Invariant($"a probability from {least:R} to {most:R}"));
        }
    }
}
