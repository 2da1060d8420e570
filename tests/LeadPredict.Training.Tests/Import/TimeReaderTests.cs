using System.Globalization;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Tests.Import;

public class TimeReaderTests
{
    [Theory]
    [InlineData("2024-03-12", "2024-03-12T00:00:00Z")]
    [InlineData("2024-03-12 09:14", "2024-03-12T09:14:00Z")]
    [InlineData("2024/03/12 09:14:05", "2024-03-12T09:14:05Z")]
    [InlineData("2024-03-12T09:14:05.123Z", "2024-03-12T09:14:05.123Z")]
    [InlineData("2024-03-12T09:14:05.123+0000", "2024-03-12T09:14:05.123Z")]
    [InlineData("2024-03-12T09:14:05-03:30", "2024-03-12T12:44:05Z")]
    [InlineData("2024-03-12 09:14:05 +02", "2024-03-12T07:14:05Z")]
    [InlineData("2024-03-12 09:14:05 UTC", "2024-03-12T09:14:05Z")]
    [InlineData("2024-03-12 09:14:05 GMT", "2024-03-12T09:14:05Z")]
    [InlineData("2024-03-12 09:14:05.0", "2024-03-12T09:14:05Z")]
    [InlineData("20240312", "2024-03-12T00:00:00Z")]
    [InlineData("1710234845", "2024-03-12T09:14:05Z")]
    [InlineData("1710234845123", "2024-03-12T09:14:05.123Z")]
    [InlineData("1710234845123456", "2024-03-12T09:14:05.123456Z")]
    [InlineData("1710234845.0", "2024-03-12T09:14:05Z")]
    [InlineData("1710234845.123456", "2024-03-12T09:14:05.123456Z")]
    [InlineData("1710234845123.5", "2024-03-12T09:14:05.1235Z")]
    [InlineData("20240312.0", "2024-03-12T00:00:00Z")]
    public void TryRead_CommonShape_IsRead(string cell, string expected)
    {
        DateTimeOffset instant = Read(new(), cell);

        instant.ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
        instant.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("12/03/2024")]
    [InlineData("2024-13-01")]
    [InlineData("2023-02-29")]
    [InlineData("2024-03-12 25:00")]
    [InlineData("2024-03-12T09:14:05+")]
    [InlineData("2024-03-12T09:14:05+25:00")]
    [InlineData("2024-03-12 09:14 nonsense")]
    [InlineData("12")]
    [InlineData("20240312.5")]
    [InlineData("1710234845.1.2")]
    [InlineData("1710234845.-1")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    public void TryRead_AnythingElse_IsRefused(string cell) => new TimeReader(new()).TryRead(cell, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2024-03-12 09:14", "2024-03-12T12:14:00Z")]
    [InlineData("2024-03-12 09:14Z", "2024-03-12T09:14:00Z")]
    [InlineData("1710234845", "2024-03-12T09:14:05Z")]
    public void TryRead_FixedOffset_IsForTimesWithoutOne(string cell, string expected) =>
        Read(new() { Zone = TimeReader.FindZone("-03:00")! }, cell).ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("12/03/2024 09:14", "2024-03-12T09:14:00Z")]
    [InlineData("2024-03-12", "2024-03-12T00:00:00Z")]
    public void TryRead_FormatGiven_IsTriedFirst(string cell, string expected) =>
        Read(new() { Times = ["dd/MM/yyyy HH:mm"] }, cell).ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("UTC", true)]
    [InlineData("+05:30", true)]
    [InlineData("-0300", true)]
    [InlineData("+99:00", false)]
    [InlineData("Mars/Olympus", false)]
    public void FindZone_NameOrOffset_IsFoundOrNull(string name, bool found) => (TimeReader.FindZone(name) is not null).ShouldBe(found);

    [Theory]
    [InlineData("dd/MM/yyyy HH:mm", true)]
    [InlineData("d.M.yy", true)]
    [InlineData("yyyy-MM-dd'T'HH:mm:sszzz", true)]
    [InlineData("MMM d, yyyy h:mm tt", true)]
    [InlineData("dd/MM HH:mm", false)]
    [InlineData("MM/yyyy", false)]
    [InlineData("yyyy-dd-mm", false)]
    public void IsFormat_WithoutYearMonthOrDay_IsNone(string format, bool fits) => TimeReader.IsFormat(format).ShouldBe(fits);

    private static DateTimeOffset Read(RecipeFormat format, string cell)
    {
        new TimeReader(format).TryRead(cell, out DateTimeOffset instant).ShouldBeTrue();
        return instant;
    }
}
