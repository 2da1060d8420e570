using System.Globalization;
using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Words;

/// <summary>Dates as tables and CRM attributes write them; times without a zone are taken as UTC.</summary>
public static class DateText
{
    private static readonly string[] YearFirst = Shapes("yyyy-M-d", "yyyy/M/d", "yyyy-M-dT", "yyyy.M.d");
    private static readonly string[] DayFirst = Shapes("d.M.yyyy", "d/M/yyyy", "d-M-yyyy");
    private static readonly string[] MonthFirst = Shapes("M/d/yyyy", "M-d-yyyy");

    /// <summary>With English names of months, which say by themselves what the day is.</summary>
    private static readonly string[] MonthNamed = Shapes("d-MMM-yyyy", "d MMM yyyy", "d MMMM yyyy", "d/MMM/yyyy");
    private static readonly string[] NameFirst = Shapes("MMM d, yyyy", "MMM d, yyyy,", "MMM d yyyy", "MMMM d, yyyy", "MMMM d, yyyy,", "MMMM d yyyy", "ddd, d MMM yyyy", "dddd, d MMMM yyyy", "dddd, MMMM d, yyyy");

    private static readonly string[] Names = [.. DateTimeFormatInfo.InvariantInfo.AbbreviatedMonthNames[..12], .. DateTimeFormatInfo.InvariantInfo.AbbreviatedDayNames];

    /// <summary>Times as spreadsheets and databases write them after a blank; a zone of hours alone is PostgreSQL's.</summary>
    private static string[] AfterBlank =>
    [
        "", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " H:mm:sszzz", " H:mm:sszz", " H:mm:ss.FFFFFFFzzz", " H:mm:ss.FFFFFFFzz", " H:mm:ss 'UTC'", " H:mm:ss.FFFFFFF 'UTC'", " H:mm:ss 'GMT'",
        " h:mm tt", " h:mm:ss tt",
    ];

    /// <summary>Whether the text is a date of the order, or one that begins with its year or names its month.</summary>
    /// <param name="text">The text, outer space allowed.</param>
    /// <param name="order">How slashed dates are read.</param>
    /// <param name="days">Days since 1970-01-01T00:00Z, with fraction; NaN when it is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, DateOrder order, out double days)
    {
        text = text.Trim();
        days = double.NaN;
        if (text.Length is < 8 or > 40 || Shapes(text, order) is not { Length: > 0 } shapes
            || !DateTimeOffset.TryParseExact(text, shapes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return false;
        }

        days = ToDays(instant);
        return true;
    }

    /// <summary>What the text may be written as, by how it begins; nothing where it is no date.</summary>
    private static string[] Shapes(ReadOnlySpan<char> text, DateOrder order)
    {
        if (!char.IsAsciiDigit(text[0]))
        {
            return BeginsWithName(text) ? NameFirst : [];
        }

        int mark = text.IndexOfAny("-/. ");
        return mark switch
        {
            4 => YearFirst,
            1 or 2 when char.IsAsciiLetter(text[mark + 1]) => MonthNamed,
            1 or 2 when text[mark] == '.' || order == DateOrder.DayFirst => DayFirst,
            1 or 2 when order == DateOrder.MonthFirst => MonthFirst,
            _ => [],
        };
    }

    private static bool BeginsWithName(ReadOnlySpan<char> text)
    {
        foreach (string name in Names)
        {
            if (text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return text.ContainsAnyInRange('0', '9');
            }
        }

        return false;
    }

    /// <summary>Days since 1970-01-01T00:00Z, with fraction.</summary>
    public static double ToDays(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (double)TimeSpan.TicksPerDay;

    /// <summary>The hour of the day in UTC, 0 to 23.</summary>
    /// <param name="days">Days since 1970-01-01T00:00Z, with fraction.</param>
    // Days of a fraction: 9:00 may be a little less than nine hours.
    internal static int HourOf(double days) => (int)(((days - Math.Floor(days)) * 24) + 1e-7) % 24;

    private static string[] Shapes(params string[] dates) => [.. dates.SelectMany(date => date.EndsWith('T')
        ? new[] { "H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF" }
            .SelectMany(time => new[] { date[..^1] + "'T'" + time, date[..^1] + "'T'" + time + "zzz", date[..^1] + "'T'" + time + "'Z'" })
        : AfterBlank.Select(time => date + time))];
}
