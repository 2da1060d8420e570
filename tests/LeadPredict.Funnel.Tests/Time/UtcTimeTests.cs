using LeadPredict.Funnel.Time;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Time;

public class UtcTimeTests
{
    [Fact]
    public void UtcTime_Normalize_CutsToMicrosecondsInUtc()
    {
        DateTimeOffset instant = new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(19);

        DateTimeOffset normal = UtcTime.Normalize(instant);

        normal.Offset.ShouldBe(TimeSpan.Zero);
        (instant - normal).Ticks.ShouldBe(9);
        UtcTime.FromMicroseconds(UtcTime.ToMicroseconds(normal)).ShouldBe(normal);
    }

    [Fact]
    public void UtcTime_YearOne_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => UtcTime.Normalize(DateTimeOffset.MinValue)).Message.ShouldContain("1970-01-01");
    }

    [Fact]
    public void TimeWindow_ItsEnd_IsOutside()
    {
        TimeWindow window = TimeWindow.Lookback(Day.At(10), TimeSpan.FromDays(7));

        (window.Contains(Day.At(3)), window.Contains(Day.At(10))).ShouldBe((true, false));
    }
}
