using System.Globalization;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Times as senders write them: ISO 8601 with <c>Z</c>, <c>+01:00</c>, <c>+0100</c> or <c>+01</c>, with a <c>T</c> or a blank; without a
/// zone, UTC; a date alone is its midnight, <c>20250601</c> too. The result is in UTC and cut to whole microseconds.
/// </summary>
public static class InstantText
{
    /// <summary>What the messages expect.</summary>
    public const string Expected =
        "a time from 1970 to before 2200: ISO 8601 such as 2025-06-01T08:00:00Z, '2025-06-01 08:00' in UTC, a day such as 20250601, or epoch milliseconds (not seconds)";

    private const int DayDigits = 8;

    // As milliseconds in the first weeks of 1970, which nobody means: an Excel day, seconds up to 2128, or nothing at all.
    private const long TooFewMilliseconds = 5_000_000_000;

    /// <summary>Reads epoch milliseconds, or a day such as 20250601. Other numbers that are too small for milliseconds are refused.</summary>
    public static bool TryRead(long number, out DateTimeOffset instant)
    {
        if (number <= TooFewMilliseconds)
        {
            return TryReadDay(number, out instant);
        }

        bool inRange = number < UtcTime.Latest.ToUnixTimeMilliseconds();
        instant = inRange ? DateTimeOffset.FromUnixTimeMilliseconds(number) : default;
        return inRange;
    }

    /// <summary>Reads text.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        var rest = text;
        if (text.Length == DayDigits && Digits(ref rest, DayDigits, out int digits))
        {
            return TryReadDay(digits, out instant);
        }

        if (!Digits(ref rest, 4, out int year) || !Mark(ref rest, '-') || !Digits(ref rest, 2, out int month)
            || !Mark(ref rest, '-') || !Digits(ref rest, 2, out int day) || year is < 1969 or > 2200
            || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        long ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        if (rest.Length > 0)
        {
            if (!(Mark(ref rest, 'T') || Mark(ref rest, 't') || Mark(ref rest, ' ')) || !Clock(ref rest, out long clock) || !Zone(ref rest, out long zone))
            {
                return false;
            }

            ticks += clock - zone;
        }

        DateTimeOffset read = new(ticks, TimeSpan.Zero);
        if (rest.Length > 0 || !UtcTime.IsInRange(read))
        {
            return false;
        }

        instant = UtcTime.Normalize(read);
        return true;
    }

    /// <summary>Reads the most usual form, <c>2025-06-01T08:00:00Z</c>, as the other does; false for every other form.</summary>
    internal static bool TryReadUsual(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        {
            return false;
        }

        int year = (100 * Two(text, 0)) + Two(text, 2);
        (int month, int day, int hour, int minute, int second) = (Two(text, 5), Two(text, 8), Two(text, 11), Two(text, 14), Two(text, 17));
        if (year is < 1970 or >= 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return false;
        }

        instant = new(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc));
        return true;
    }

    private static bool TryReadDay(long digits, out DateTimeOffset instant)
    {
        (long year, int month, int day) = (digits / 10_000, (int)(digits / 100 % 100), (int)(digits % 100));
        bool read = year is >= 1970 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, month);
        instant = read ? new((int)year, month, day, 0, 0, 0, TimeSpan.Zero) : default;
        return read;
    }

    /// <summary>Two digits; far below zero where they are none.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0', ones = text[at + 1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -100_000 : (10 * tens) + ones;
    }

    private static bool Clock(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (!Digits(ref rest, 2, out int hour) || !Mark(ref rest, ':') || !Digits(ref rest, 2, out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (!Mark(ref rest, ':'))
        {
            return true;
        }

        if (!Digits(ref rest, 2, out int second) || second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        return !(Mark(ref rest, '.') || Mark(ref rest, ',')) || Fraction(ref rest, ref ticks);
    }

    /// <summary>1 to 9 digits; those beyond the seventh are cut.</summary>
    private static bool Fraction(ref ReadOnlySpan<char> rest, ref long ticks)
    {
        long unit = TimeSpan.TicksPerSecond / 10;
        int digits = 0;
        while (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
        {
            ticks += (rest[0] - '0') * unit;
            unit /= 10;
            rest = rest[1..];
            digits++;
        }

        return digits is >= 1 and <= 9;
    }

    private static bool Zone(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest.Length == 0 || Mark(ref rest, 'Z') || Mark(ref rest, 'z'))
        {
            return true;
        }

        bool west = rest[0] == '-';
        if (!(Mark(ref rest, '+') || Mark(ref rest, '-')) || !Digits(ref rest, 2, out int hours))
        {
            return false;
        }

        Mark(ref rest, ':');
        int minutes = 0;
        if ((rest.Length > 0 && !Digits(ref rest, 2, out minutes)) || hours > 14 || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute)) * (west ? -1 : 1);
        return true;
    }

    private static bool Mark(ref ReadOnlySpan<char> rest, char mark)
    {
        bool found = rest.Length > 0 && rest[0] == mark;
        rest = found ? rest[1..] : rest;
        return found;
    }

    private static bool Digits(ref ReadOnlySpan<char> rest, int count, out int number)
    {
        number = 0;
        if (rest.Length < count || rest[..count].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        number = int.Parse(rest[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[count..];
        return true;
    }
}
