using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Tests.Requests;

public class InstantTexts
{
    [Theory]
    [InlineData("2024-03-12T09:14:00Z")]
    [InlineData("2024-03-12T09:14Z")]
    [InlineData("2024-03-12 09:14")]
    [InlineData("2024-03-12T09:14:00")]
    [InlineData("2024-03-12T10:14:00+01:00")]
    [InlineData("2024-03-12T10:14:00.000+0100")]
    [InlineData("2024-03-12T10:14:00+01")]
    [InlineData("2024-03-11T23:14:00-10:00")]
    [InlineData("2024-03-12t09:14:00.000000000z")]
    public void Text_OfTheCommonShapes_IsTheSameInstant(string text)
    {
        InstantText.TryRead(text, out DateTimeOffset instant).ShouldBeTrue();
        instant.ShouldBe(new(2024, 3, 12, 9, 14, 0, TimeSpan.Zero));
        instant.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Text_WithNanoseconds_IsCutToMicroseconds()
    {
        InstantText.TryRead("2024-03-12T09:14:00.123456789Z", out DateTimeOffset instant).ShouldBeTrue();
        instant.ToString("ffffff", null).ShouldBe("123456");
        (instant.Ticks % TimeSpan.TicksPerMicrosecond).ShouldBe(0);
    }

    [Fact]
    public void Text_OfADate_IsItsMidnight()
    {
        InstantText.TryRead("2024-02-29", out DateTimeOffset instant).ShouldBeTrue();
        instant.ShouldBe(new(2024, 2, 29, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-13-01")]
    [InlineData("2023-02-29")]
    [InlineData("2024-03-12T")]
    [InlineData("2024-03-12T24:00:00Z")]
    [InlineData("2024-03-12T09:60:00Z")]
    [InlineData("2024-03-12T09:14:60Z")]
    [InlineData("2024-03-12T09:14:00.Z")]
    [InlineData("2024-03-12T09:14:00+15:00")]
    [InlineData("2024-03-12T09:14:00Zjunk")]
    [InlineData("2024-03-12T09:14:00+1")]
    [InlineData(" 2024-03-12")]
    [InlineData("12/03/2024")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("1970-01-01T00:00:00+01:00")]
    [InlineData("2200-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("٢٠٢٤-03-12")]
    public void Text_OfAnythingElse_IsRefused(string text) => InstantText.TryRead(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(1710234840000, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(7258118400000, false)]
    [InlineData(long.MaxValue, false)]
    public void Milliseconds_InRange_AreTaken(long milliseconds, bool taken) => InstantText.TryRead(milliseconds, out _).ShouldBe(taken);

    [Fact]
    public void Text_OfTheUsualForm_IsReadAlikeByBoth()
    {
        var random = new Random(6);
        int read = 0;
        for (int i = 0; i < 50_000; i++)
        {
            DateTime drawn = DateTime.UnixEpoch.AddSeconds(random.NextInt64(-100_000_000, 8_000_000_000));
            char[] text = drawn.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture).ToCharArray();
            if (i % 2 == 0)
            {
                text[random.Next(text.Length)] = "0123456789-:TZ /+"[random.Next(17)];
            }

            if (InstantText.TryReadUsual(System.Text.Encoding.ASCII.GetBytes(text), out DateTimeOffset usual))
            {
                InstantText.TryRead(text, out DateTimeOffset general).ShouldBeTrue(new string(text));
                usual.ShouldBe(general);
                usual.Offset.ShouldBe(TimeSpan.Zero);
                read++;
            }
            else if (InstantText.TryRead(text, out _))
            {
                new string(text).ShouldNotMatch("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$");
            }
        }

        read.ShouldBeGreaterThan(20_000);
    }

    [Theory]
    [InlineData(45_363, false)]
    [InlineData(99_999_999, false)]
    [InlineData(1_764_000_000, false)]
    [InlineData(5_000_000_000, false)]
    [InlineData(5_000_000_001, true)]
    [InlineData(1_764_000_000_000, true)]
    public void Number_TooSmallForMilliseconds_IsNoTime(long number, bool read) => InstantText.TryRead(number, out _).ShouldBe(read);

    [Theory]
    [InlineData(20240312, true)]
    [InlineData(19700101, true)]
    [InlineData(21991231, true)]
    [InlineData(20230229, false)]
    [InlineData(20241301, false)]
    [InlineData(19691231, false)]
    [InlineData(22000101, false)]
    public void EightDigits_ThatAreADay_AreItsMidnight(long digits, bool read)
    {
        string text = digits.ToString(System.Globalization.CultureInfo.InvariantCulture);
        InstantText.TryRead(digits, out DateTimeOffset number).ShouldBe(read);
        InstantText.TryRead(text, out DateTimeOffset day).ShouldBe(read);
        number.ShouldBe(day);
        if (read)
        {
            day.ToString("yyyyMMddHHmmsszzz", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(text + "000000+00:00");
        }
    }
}
