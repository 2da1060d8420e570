namespace LeadPredict.Testing;

/// <summary>Instants as days from one fixed zero, so that tests read as small numbers.</summary>
public static class Day
{
    /// <summary>2025-01-01T00:00:00Z.</summary>
    public static readonly DateTimeOffset Zero = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The instant that many days (fractions too, negative too) from <see cref="Zero"/>, in whole microseconds.</summary>
    public static DateTimeOffset At(double days) => Zero.AddTicks((long)Math.Round(days * TimeSpan.TicksPerDay / 10) * 10);
}
