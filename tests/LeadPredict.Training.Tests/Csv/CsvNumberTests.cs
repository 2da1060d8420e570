using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Tests.Csv;

public class CsvNumberTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData(" -1.5 ", -1.5)]
    [InlineData("1e3", 1000)]
    [InlineData("1,234.5", 1234.5)]
    [InlineData("1,234,567", 1234567)]
    [InlineData("1 234", 1234)]
    [InlineData("1'234.50", 1234.5)]
    [InlineData("$ 90", 90)]
    [InlineData("90 €", 90)]
    [InlineData("-1,000", -1000)]
    public void TryRead_NumberWithPoint_IsRead(string cell, double expected)
    {
        CsvNumber.TryRead(cell, '.', out double number).ShouldBeTrue();
        number.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("1,5", 1.5)]
    [InlineData("1.234.567", 1234567)]
    [InlineData("12", 12)]
    public void TryRead_NumberWithComma_IsRead(string cell, double expected)
    {
        CsvNumber.TryRead(cell, ',', out double number).ShouldBeTrue();
        number.ShouldBe(expected);
    }

    [Theory]
    [InlineData("0.125")]
    [InlineData("1234.567")]
    [InlineData("1.5E7")]
    [InlineData("1.2E5")]
    [InlineData("1.-23")]
    [InlineData("1.234E5")]
    public void TryRead_PointWhereCommaIsTheMark_IsNoThousandsMarkUnlessItPartsGroups(string cell) => CsvNumber.TryRead(cell, ',', out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("twelve")]
    [InlineData("1,5")]
    [InlineData("1,23,4")]
    [InlineData("1.2.3")]
    [InlineData(",5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("2024-03-12")]
    [InlineData("1,2345")]
    [InlineData("0,125")]
    [InlineData("-0,125")]
    [InlineData("1234,567")]
    [InlineData("1234,567.5")]
    [InlineData("1e3,000")]
    [InlineData("1,5e3")]
    [InlineData("1 5e3")]
    [InlineData("1,234,5E2.5")]
    public void TryRead_NoNumber_IsRefused(string cell) => CsvNumber.TryRead(cell, '.', out _).ShouldBeFalse();
}
