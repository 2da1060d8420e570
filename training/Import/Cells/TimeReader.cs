using System.Globalization;
using System.Text.RegularExpressions;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Cells;

/// <summary>
/// Reads times of the common shapes: ISO 8601 with or without seconds, fraction and offset (<c>+0000</c> too), a blank for the T,
/// dates, <c>yyyyMMdd</c>, and epoch seconds, milliseconds or microseconds, with decimals too. Day-first and month-first dates look alike, so they need a format.
/// </summary>
/// <remarks>A time without an offset is of the recipe's zone. One that a clock change skips counts an hour later.</remarks>
internal sealed partial class TimeReader(RecipeFormat format)
{
    /// <summary>What to expect, for messages.</summary>
    public const string Expected = "a time such as 2025-01-31, 2025-01-31 09:14, 2025-01-31T09:14:00Z or epoch milliseconds,"
        + " or its form under 'times' in the format of a recipe, of a shipped one in a copy";

    // No part of it is what a format without that part would give.
    private static readonly DateTimeOffset Probe = new(1987, 11, 26, 10, 47, 53, TimeSpan.Zero);

    private readonly TimeZoneInfo _zone = format.Zone;
    private readonly string[] _formats = [.. format.Times];

    /// <summary>The zone of that name or offset, or null.</summary>
    public static TimeZoneInfo? FindZone(string name)
    {
        if (name is ['+' or '-', ..])
        {
            var text = new IsoText(name);
            return text.Offset() is { } offset && text.AtEnd ? TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name) : null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
    }

    /// <summary>Whether the text is a custom format that reads back the year, month and day that it writes; one without a year would read this year's.</summary>
    public static bool IsFormat(string text)
    {
        try
        {
            string written = Probe.ToString(text, CultureInfo.InvariantCulture);
            return text.Length > 1
                && DateTimeOffset.TryParseExact(written, text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read)
                && read.UtcDateTime.Date == Probe.UtcDateTime.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a format has a word for UTC between quotes: it would be passed over, and the time read as local.</summary>
    public static bool QuotesItsZone(string format) => QuotedZone().IsMatch(format);

    [GeneratedRegex("""(['"])\s*(Z|UTC|GMT)\s*\1""", RegexOptions.IgnoreCase)]
    private static partial Regex QuotedZone();

    /// <summary>Reads a cell; any year may come out, so the caller checks the range.</summary>
    public bool TryRead(string cell, out DateTimeOffset instant)
    {
        string text = cell.Trim();
        return TryFormats(text, out instant) || TryEpoch(text, out instant) || TryIso(text, out instant);
    }

    private bool TryFormats(string text, out DateTimeOffset instant)
    {
        foreach (string format in _formats)
        {
            // The kind tells whether the text itself named an offset.
            if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTime time))
            {
                instant = time.Kind == DateTimeKind.Utc ? new(time) : Local(time);
                return true;
            }
        }

        instant = default;
        return false;
    }

    private bool TryEpoch(string text, out DateTimeOffset instant)
    {
        instant = default;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        ReadOnlySpan<char> whole = dot < 0 ? text : text.AsSpan(0, dot);
        if (whole.Length is < 8 or > 16 || !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        // Programs that keep numbers with decimals write 1735689600.0, and 20250101.0.
        decimal part = 0;
        if (dot >= 0 && !decimal.TryParse("0" + text[dot..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out part))
        {
            return false;
        }

        if (whole.Length == 8)
        {
            bool date = DateTime.TryParseExact(whole, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) && part == 0;
            instant = date ? Local(day) : default;
            return date;
        }

        long? unit = whole.Length switch
        {
            9 or 10 => TimeSpan.TicksPerSecond,
            12 or 13 => TimeSpan.TicksPerMillisecond,
            15 or 16 => TimeSpan.TicksPerMicrosecond,
            _ => null,
        };
        if (unit is not { } ticks)
        {
            return false;
        }

        instant = DateTimeOffset.UnixEpoch.AddTicks((number * ticks) + (long)(part * ticks));
        return true;
    }

    private bool TryIso(string cell, out DateTimeOffset instant)
    {
        instant = default;
        var text = new IsoText(cell);
        if (text.Date() is not { } date)
        {
            return false;
        }

        if (text.AtEnd)
        {
            instant = Local(date);
            return true;
        }

        if (text.TimeOfDay() is not { } time)
        {
            return false;
        }

        date += time;
        if (text.AtEnd)
        {
            instant = Local(date);
            return true;
        }

        if (text.Utc())
        {
            instant = new(date, TimeSpan.Zero);
            return true;
        }

        return text.Offset() is { } offset && text.AtEnd && TryAt(date, offset, out instant);
    }

    private DateTimeOffset Local(DateTime time)
    {
        DateTime local = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        if (_zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        return TryAt(local, _zone.GetUtcOffset(local), out DateTimeOffset instant) ? instant : new(local, TimeSpan.Zero);
    }

    // The first and last day of the calendar have no room for an offset; they are out of range anyway.
    private static bool TryAt(DateTime local, TimeSpan offset, out DateTimeOffset instant)
    {
        long ticks = local.Ticks - offset.Ticks;
        bool fits = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        instant = fits ? new(ticks, TimeSpan.Zero) : default;
        return fits;
    }
}
