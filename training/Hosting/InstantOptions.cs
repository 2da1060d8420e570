using LeadPredict.Api.Requests;

namespace LeadPredict.Training.Hosting;

/// <summary>Options that take a day or an instant, read as the API reads them.</summary>
internal static class InstantOptions
{
    /// <summary>The instant that an option names. ISO 8601 only: 09.08.2026 is the eighth of September to some and the ninth of August to others.</summary>
    /// <param name="option">The option's name, for the message.</param>
    /// <param name="text">What stands behind it; a day alone is its midnight, and what names no zone is in UTC.</param>
    /// <exception cref="RefusalException">It is no such time, or outside 1970 to 2199.</exception>
    public static DateTimeOffset Read(string option, string text) => InstantText.TryRead(text, out DateTimeOffset instant)
        ? instant
        : throw new RefusalException($"{option} '{text}': expected a day or an instant such as 2025-06-01 or 2025-06-01T08:00:00Z, from 1970 to 2199.");

    /// <summary>The same of an instant to look at the history from, which is now where none is given.</summary>
    /// <exception cref="RefusalException">It is not one, or it lies ahead: nothing is known of that time.</exception>
    public static DateTimeOffset ReadPast(string option, string? text, DateTimeOffset now) => text is null ? now
        : Read(option, text) is var instant && instant <= now ? instant
        : throw new RefusalException($"{option} '{text}' lies ahead; expected now, {now:yyyy-MM-ddTHH:mm:ssZ}, or earlier.");
}
