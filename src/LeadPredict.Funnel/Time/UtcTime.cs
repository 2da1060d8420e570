namespace LeadPredict.Funnel.Time;

/// <summary>The one form that instants have in LeadPredict: UTC, whole microseconds, inside a sane range.</summary>
/// <remarks>
/// Microseconds are what both databases keep; an instant that is cut before it is used scores the same bits
/// inline and from the store.
/// </remarks>
public static class UtcTime
{
    /// <summary>The earliest instant accepted (inclusive): 1970-01-01T00:00:00Z.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>The latest instant accepted (exclusive): 2200-01-01T00:00:00Z.</summary>
    public static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether <paramref name="instant"/> lies in <c>[Earliest, Latest)</c>.</summary>
    public static bool IsInRange(DateTimeOffset instant) => instant >= Earliest && instant < Latest;

    /// <summary>The same instant in UTC, cut (never rounded up) to whole microseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside <c>[Earliest, Latest)</c>.</exception>
    public static DateTimeOffset Normalize(DateTimeOffset instant)
    {
        if (!IsInRange(instant))
        {
            throw new ArgumentOutOfRangeException(
                nameof(instant), instant, $"expected an instant in [{Earliest:yyyy-MM-dd}, {Latest:yyyy-MM-dd})");
        }

        return FromMicroseconds(ToMicroseconds(instant));
    }

    /// <summary>Whole microseconds since the Unix epoch, cut toward the past.</summary>
    public static long ToMicroseconds(DateTimeOffset instant) =>
        Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.TicksPerMicrosecond) is var (quotient, rest)
        && rest < 0 ? quotient - 1 : quotient;

    /// <summary>The same of an instant that may be none.</summary>
    public static long? ToMicroseconds(DateTimeOffset? instant) => instant is { } known ? ToMicroseconds(known) : null;

    /// <summary>The instant that many microseconds after the Unix epoch, in UTC.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
