using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;

namespace LeadPredict.Features.Profiles;

/// <summary>How the dates of a column are read.</summary>
internal sealed class DateColumn
{
    private const double TwoYears = 730;

    /// <summary>So many of the rows at either end may be dates of another kind.</summary>
    private const double FarOff = 0.01;

    private readonly bool _isEitherWay;
    private readonly (double DayFirst, double MonthFirst, int Rows)[] _read;

    /// <param name="profile">Of a column of dates.</param>
    public DateColumn(ColumnProfile profile)
    {
        _isEitherWay = profile.MonthFirstDates == profile.DayFirstDates;
        _read = [.. profile.Counts.Select(pair => (Days(pair.Key, DateOrder.DayFirst), Days(pair.Key, DateOrder.MonthFirst), pair.Value.Rows))];
        Order = profile.CertainDates == Math.Max(profile.DayFirstDates, profile.MonthFirstDates) ? DateOrder.Unknown
            : profile.MonthFirstDates > profile.DayFirstDates || (_isEitherWay && DaysOfMonth(DateOrder.MonthFirst) == 1 && DaysOfMonth(DateOrder.DayFirst) > 1)
                ? DateOrder.MonthFirst
            : DateOrder.DayFirst;
    }

    /// <summary>Whether slashed dates begin with the day, or not known where there are none. Where all can be read both ways and the day of one way never changes, as in reports of months, that way; else day first.</summary>
    public DateOrder Order { get; }

    /// <summary>Says so where all dates can be read both ways, and some say another day then.</summary>
    public string? Doubt => _isEitherWay && DaysOfMonth(Order) > 0
        ? $"its dates can be read with the day first and with the month first, and are read with the {(Order == DateOrder.DayFirst ? "day" : "month")} first; write them as 2025-12-31"
        : null;

    /// <summary>Whether they tell the months of a year apart from what else changed with time: each has to come twice, and a few dates far off, such as 1970-01-01, do not count.</summary>
    public bool SpanYears
    {
        get
        {
            (double Day, int Rows)[] days = [.. Dates.OrderBy(one => one.Day)];
            long most = (long)(FarOff * days.Sum(one => (long)one.Rows));
            return Beyond(days.Reverse(), most) - Beyond(days, most) >= TwoYears;
        }
    }

    private IEnumerable<(double Day, int Rows)> Dates =>
        _read.Select(one => (Day: Order == DateOrder.DayFirst ? one.DayFirst : one.MonthFirst, one.Rows)).Where(one => double.IsFinite(one.Day));

    /// <summary>Whether times of day come with the dates: so many rows in each of two hours or more.</summary>
    public bool HaveHours(int rows)
    {
        var hours = new int[24];
        foreach ((double day, int count) in Dates)
        {
            hours[DateText.HourOf(day)] += count;
        }

        return hours.Count(hour => hour >= rows) > 1;
    }

    /// <summary>The first day before which more rows lie than these; NaN where there is none.</summary>
    private static double Beyond(IEnumerable<(double Day, int Rows)> days, long rows)
    {
        long seen = 0;
        return days.Where(one => (seen += one.Rows) > rows).Select(one => one.Day).DefaultIfEmpty(double.NaN).First();
    }

    /// <summary>How many days of the month there are among the dates that say another day when read the other way.</summary>
    private int DaysOfMonth(DateOrder order) => _read
        .Where(one => double.IsFinite(one.DayFirst) && double.IsFinite(one.MonthFirst) && one.DayFirst != one.MonthFirst)
        .Select(one => DateTime.UnixEpoch.AddDays(Math.Floor(order == DateOrder.DayFirst ? one.DayFirst : one.MonthFirst)).Day).Distinct().Count();

    private static double Days(string text, DateOrder order) => DateText.TryParse(text, order, out double days) ? days : double.NaN;
}
