namespace LeadPredict.Training.Simulate;

/// <summary>How long after it happened a row is written down: the second clock. Never more than six days.</summary>
internal static class RecordingDelay
{
    /// <summary>Web and mail arrive at once, now and then in a nightly batch; what people hold or attend is typed in later.</summary>
    public static DateTimeOffset OfTouch(string type, DateTimeOffset occurredAt, SimulationRandom random) => type switch
    {
        "call" or "meeting" or "webinar_attended" => random.Chance(0.35)
            ? After(occurredAt, random.Between(0.8, 6))
            : After(occurredAt, random.Between(0.01, 0.3)),
        _ => random.Chance(0.04) ? After(occurredAt, random.Between(0.3, 1.5)) : occurredAt.AddSeconds(random.Whole(0, 20)),
    };

    /// <summary>Decisions of a rule are known at once; those of a person sometimes days later.</summary>
    public static DateTimeOffset OfTransition(bool byRule, DateTimeOffset occurredAt, SimulationRandom random) => random.NextDouble() switch
    {
        < 0.75 => occurredAt.AddSeconds(random.Whole(0, 60)),
        < 0.9 => After(occurredAt, random.Between(0.02, 0.4)),
        _ => After(occurredAt, byRule ? random.Between(0.4, 1.5) : random.Between(0.5, 5.5)),
    };

    /// <summary>Most leads are known at once; lists from fairs are loaded after the weekend.</summary>
    public static DateTimeOffset OfLead(string source, DateTimeOffset createdAt, SimulationRandom random) =>
        random.Chance(source == "event" ? 0.5 : 0.03)
            ? After(createdAt, random.Between(0.5, 4))
            : createdAt.AddSeconds(random.Whole(0, 10));

    /// <summary>Company facts come with the form, or some days later from an enrichment service.</summary>
    public static DateTimeOffset OfAttribute(DateTimeOffset leadRecordedAt, SimulationRandom random) =>
        random.Chance(0.25) ? After(leadRecordedAt, random.Between(0.1, 5)) : leadRecordedAt;

    private static DateTimeOffset After(DateTimeOffset at, double days) => SimulationCalendar.WholeSeconds(at.AddDays(days));
}
