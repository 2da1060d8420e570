using System.Globalization;
using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Words;

/// <summary>Dates as tables and CRM attributes write them; times without a zone are taken as UTC.</summary>
public static class DateText
{
    private static readonly string[] YearFirst = Shapes("yyyy-M-d", "yyyy/M/d", "yyyy-M-dT", "yyyy.M.d");
    private static readonly string[] DayFirst = Shapes("d.M.yyyy", "d/M/yyyy", "d-M-yyyy", "d-MMM-yyyy");
    private static readonly string[] MonthFirst = Shapes("M/d/yyyy", "M-d-yyyy", "d-MMM-yyyy");
    private static readonly string[] MonthNamed = Shapes("d-MMM-yyyy");

    /// <summary>Times as spreadsheets and databases write them after a blank; a zone of hours alone is PostgreSQL's.</summary>
    private static string[] AfterBlank =>
    [
        "", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " H:mm:sszzz", " H:mm:sszz", " H:mm:ss.FFFFFFFzzz", " H:mm:ss.FFFFFFFzz", " H:mm:ss 'UTC'", " H:mm:ss.FFFFFFF 'UTC'",
        " h:mm tt", " h:mm:ss tt",
    ];

    /// <summary>Whether the text is a date of the order, or a date that begins with its year.</summary>
    /// <param name="text">The text, outer space allowed.</param>
    /// <param name="order">How slashed dates are read.</param>
    /// <param name="days">Days since 1970-01-01T00:00Z, with fraction; NaN when it is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, DateOrder order, out double days)
    {
        text = text.Trim();
        days = double.NaN;
        int mark = text.IndexOfAny("-/.");
        if (text.Length is < 8 or > 35 || !char.IsAsciiDigit(text[0]) || mark is < 1 or 3 or > 4)
        {
            return false;
        }

        string[] shapes = mark == 4 ? YearFirst : text[mark] == '.' ? DayFirst : order switch
        {
            DateOrder.DayFirst => DayFirst,
            DateOrder.MonthFirst => MonthFirst,
            _ => MonthNamed,
        };
        if (!DateTimeOffset.TryParseExact(
            text, shapes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return false;
        }

        days = ToDays(instant);
        return true;
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
