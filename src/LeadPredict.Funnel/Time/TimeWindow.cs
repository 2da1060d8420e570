namespace LeadPredict.Funnel.Time;

/// <summary>A half-open window <c>[Start, End)</c>: its start belongs to it, its end does not.</summary>
/// <param name="Start">The first instant inside.</param>
/// <param name="End">The first instant after; equal to <paramref name="Start"/> for the empty window.</param>
public readonly record struct TimeWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The lookback <c>[asOf - length, asOf)</c> from which features are made.</summary>
    public static TimeWindow Lookback(DateTimeOffset asOf, TimeSpan length) => new(asOf - length, asOf);

    /// <summary>The horizon <c>[asOf, asOf + length)</c> in which a label is decided.</summary>
    public static TimeWindow Horizon(DateTimeOffset asOf, TimeSpan length) => new(asOf, asOf + length);

    /// <summary>Whether the instant lies in <c>[Start, End)</c>.</summary>
    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;
}
