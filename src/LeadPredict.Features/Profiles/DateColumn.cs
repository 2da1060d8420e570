using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;

namespace LeadPredict.Features.Profiles;

/// <summary>How the dates of a column are read.</summary>
/// <param name="profile">Of a column of dates.</param>
internal sealed class DateColumn(ColumnProfile profile)
{
    private const double TwoYears = 730;

    /// <summary>So many of the rows at either end may be dates of another kind.</summary>
    private const double FarOff = 0.01;

    /// <summary>Whether slashed dates begin with the day. Where all can be read both ways and the day of one way never changes, as in reports of months, that way; else day first.</summary>
    public DateOrder Order { get; } =
        profile.MonthFirstDates > profile.DayFirstDates || (profile.MonthFirstDates == profile.DayFirstDates && Days(profile, DateOrder.MonthFirst) == 1 && Days(profile, DateOrder.DayFirst) > 1)
            ? DateOrder.MonthFirst
            : DateOrder.DayFirst;

    /// <summary>Says so where all dates can be read both ways, and some say another day then.</summary>
    public string? Doubt(DateOrder order) => profile.DayFirstDates == profile.MonthFirstDates && Days(profile, order) > 0
        ? $"its dates can be read with the day first and with the month first, and are read with the {(order == DateOrder.DayFirst ? "day" : "month")} first; write them as 2025-12-31"
        : null;

    /// <summary>Whether they tell the months of a year apart from what else changed with time: each has to come twice, and a few dates far off, such as 1970-01-01, do not count.</summary>
    public bool SpanYears
    {
        get
        {
            (double Day, int Rows)[] days =
            [
                .. profile.Counts.Select(pair => (Day: DateText.TryParse(pair.Key, Order, out double day) ? day : double.NaN, Rows: pair.Value)).Where(one => double.IsFinite(one.Day)).OrderBy(one => one.Day),
            ];
            long most = (long)(FarOff * days.Sum(one => (long)one.Rows));
            return Beyond(days.Reverse(), most) - Beyond(days, most) >= TwoYears;
        }
    }

    /// <summary>The first day before which more rows lie than these; NaN where there is none.</summary>
    private static double Beyond(IEnumerable<(double Day, int Rows)> days, long rows)
    {
        long seen = 0;
        return days.Where(one => (seen += one.Rows) > rows).Select(one => one.Day).DefaultIfEmpty(double.NaN).First();
    }

    /// <summary>Whether times of day come with the dates: so many rows in each of two hours or more.</summary>
    public bool HaveHours(int rows)
    {
        var hours = new int[24];
        foreach ((string text, int count) in profile.Counts)
        {
            if (DateText.TryParse(text, Order, out double days))
            {
                hours[DateText.HourOf(days)] += count;
            }
        }

        return hours.Count(hour => hour >= rows) > 1;
    }

    /// <summary>How many days of the month there are among the dates that say another day when read the other way.</summary>
    private static int Days(ColumnProfile profile, DateOrder order)
    {
        DateOrder other = order == DateOrder.DayFirst ? DateOrder.MonthFirst : DateOrder.DayFirst;
        var found = new HashSet<int>();
        foreach (string text in profile.Counts.Keys)
        {
            if (DateText.TryParse(text, order, out double days) && DateText.TryParse(text, other, out double otherDays) && days != otherDays)
            {
                found.Add(DateTime.UnixEpoch.AddDays(Math.Floor(days)).Day);
            }
        }

        return found.Count;
    }
}
