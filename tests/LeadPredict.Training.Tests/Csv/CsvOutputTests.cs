using System.Text;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Tests.Csv;

public class CsvOutputTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+49 30 1234", "'+49 30 1234")]
    [InlineData("-x", "'-x")]
    [InlineData("\tcmd", "\"'\tcmd\"")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("+1e-3", "+1e-3")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" blank", "\" blank\"")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    public void Write_Cell_IsSafeAndQuotedWhereNeeded(string cell, string written) => Written(cell, "x").ShouldBe(written + ",x\n");

    [Fact]
    public void Write_MissingCells_AreEmpty() => Written(null, "", "x").ShouldBe(",,x\n");

    [Fact]
    public void Write_ThenRead_GivesTheCellsBack()
    {
        string?[] cells = ["a,b", "q\"q", "l\r\nl", "ü 😀", "12.5", " s "];

        using var table = CsvTable.Open(new MemoryStream(Encoding.UTF8.GetBytes("a,b,c,d,e,f\n" + Written(cells))), "x.csv");

        table.Records().Single().Fields.ShouldBe(cells);
    }

    private static string Written(params string?[] cells)
    {
        using var writer = new StringWriter();
        new CsvOutput(writer).Write(cells);
        return writer.ToString();
    }
}
