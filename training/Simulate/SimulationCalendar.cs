namespace LeadPredict.Training.Simulate;

/// <summary>The 24 months of the history, when people work in them, and how demand rises and falls.</summary>
internal static class SimulationCalendar
{
    /// <summary>The first instant (inclusive).</summary>
    public static readonly DateTimeOffset Start = new(2023, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The last instant (exclusive): nothing happens or is recorded from here on.</summary>
    public static readonly DateTimeOffset End = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Demand by month, January first: quiet summers and Decembers, busy springs and autumns.</summary>
    private static readonly double[] MonthWeights = [1.05, 1.1, 1.2, 1.05, 1.05, 0.95, 0.75, 0.7, 1.15, 1.2, 1.1, 0.7];

    /// <summary>An instant at which an account shows up: by season, and growing by a third over the two years.</summary>
    public static DateTimeOffset Arrival(SimulationRandom random)
    {
        while (true)
        {
            double share = random.NextDouble();
            DateTimeOffset at = Start + ((End - Start) * share);
            double weight = MonthWeights[at.Month - 1] * (1 + (share / 3));
            if (random.Chance(weight / 1.6) && WorkingTime(at, random) is var arrival && arrival < End)
            {
                return arrival;
            }
        }
    }

    /// <summary>The share of the history that has passed, 0 at its start and 1 at its end.</summary>
    public static double Elapsed(DateTimeOffset at) => (at - Start) / (End - Start);

    /// <summary>The same instant or a later one at which people are at work (most of the time), in whole seconds.</summary>
    public static DateTimeOffset WorkingTime(DateTimeOffset at, SimulationRandom random)
    {
        DateTimeOffset moved = at;
        if (moved.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && random.Chance(0.8))
        {
            moved = NextDay(moved, moved.DayOfWeek == DayOfWeek.Saturday ? 2 : 1, random);
        }

        if (moved.Hour < 6 && random.Chance(0.9))
        {
            moved = NextDay(moved, 0, random);
        }
        else if (moved.Hour >= 19 && random.Chance(0.8))
        {
            moved = NextDay(moved, 1, random);
        }

        return WholeSeconds(moved);
    }

    /// <summary>The instant cut up to the next whole second, so that nothing moves to before it was decided.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset at)
    {
        long rest = at.UtcTicks % TimeSpan.TicksPerSecond;
        return rest == 0 ? at : at.AddTicks(TimeSpan.TicksPerSecond - rest);
    }

    private static DateTimeOffset NextDay(DateTimeOffset at, int days, SimulationRandom random) =>
        new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddDays(days).AddHours(random.Between(7, 18));
}
