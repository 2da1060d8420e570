using System.Text;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Tests.Csv;

public class CsvTableTests
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static TheoryData<string, bool> EncodingsFoundOut => new()
    {
        { "utf-8", false }, { "utf-8", true }, { "utf-16", true }, { "utf-16BE", true }, { "utf-16", false },
    };

    [Fact]
    public void Records_QuotedBreaksAndQuotes_AreOneCellWithTheLineOfItsRecord()
    {
        using CsvTable table = Open("id,note\n1,\"two\nlines, \"\"quoted\"\"\"\n\n2,plain\r\n3,last");

        CsvRecord[] records = [.. table.Records()];

        records.Select(record => record.Line).ShouldBe([2L, 5L, 6L]);
        records[0].Fields.ShouldBe(["1", "two\nlines, \"quoted\""]);
        records[2].Fields.ShouldBe(["3", "last"]);
        records.ShouldAllBe(record => record.Problem == null);
    }

    [Theory]
    [InlineData("Leads, \"all\n\n", 3)]
    [InlineData("Report: leads;;;\r\nmade 2025-01-01\r\n", 3)]
    [InlineData("title\rof one\r", 3)]
    public void HeaderLine_BelowOthers_IsReadAndLinesAreThoseOfTheFile(string above, int line)
    {
        using CsvTable table = CsvTable.Open(new MemoryStream(Utf8.GetBytes(above + "id,note\n1,two\n2,\"a\nb\"\n3\n")), "t.csv", CsvFormat.Default with { HeaderLine = line });

        table.Header.Names.ShouldBe(["id", "note"]);
        CsvRecord[] records = [.. table.Records()];
        records.Select(record => record.Line).ShouldBe([line + 1L, line + 2L, line + 4L]);
        records[2].Problem.ShouldBe("has 1 cells; the header has 2 columns");
    }

    [Fact]
    public void HeaderLine_BelowTheEnd_IsRefused() =>
        Should.Throw<CsvException>(() => CsvTable.Open(new MemoryStream(Utf8.GetBytes("a,b\n1,2\n")), "t.csv", CsvFormat.Default with { HeaderLine = 9 }))
            .Message.ShouldContain("expected a header line");

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n\"1,5\";2\n", ';')]
    [InlineData("a\tb, c\n1\t2\n", '\t')]
    public void Delimiter_NotGiven_IsFoundOut(string text, char delimiter)
    {
        using CsvTable table = Open(text);

        table.Delimiter.ShouldBe(delimiter);
        table.Records().Single().Fields.Length.ShouldBe(2);
    }

    [Fact]
    public void Delimiter_Given_IsTaken()
    {
        using CsvTable table = Open("a;b,c\n1;2,3\n", new() { Delimiter = ';' });

        table.Header.Names.ShouldBe(["a", "b,c"]);
    }

    [Theory]
    [MemberData(nameof(EncodingsFoundOut))]
    public void Encoding_NotGiven_IsFoundOut(string name, bool mark)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("name,city\nMüller,São Paulo 😀\n");
        using var table = CsvTable.Open(new MemoryStream(mark ? [.. encoding.GetPreamble(), .. text] : text), "x.csv");

        table.Header.Names.ShouldBe(["name", "city"]);
        table.Records().Single().Fields.ShouldBe(["Müller", "São Paulo 😀"]);
    }

    [Fact]
    public void Encoding_Windows1252Given_IsRead()
    {
        byte[] text = [.. "name\nM"u8, 0xFC, .. "ller "u8, 0x80, (byte)'\n'];
        using var table = CsvTable.Open(new MemoryStream(text), "x.csv", new() { Encoding = CsvEncoding.Windows1252 });

        table.Records().Single().Fields.ShouldBe(["Müller €"]);
    }

    [Fact]
    public void Encoding_Mixed_IsRefusedWithLineAndByte()
    {
        byte[] start = Utf8.GetBytes("name\nMüller\n" + string.Concat(Enumerable.Repeat("Ärger\n", 20_000)) + "M");
        byte[] text = [.. start, 0xFC, .. "ller\n"u8];

        CsvException refusal = Should.Throw<CsvException>(() => Count(CsvTable.Open(new MemoryStream(text), "mixed.csv")));

        refusal.Line.ShouldBe(20_003);
        refusal.Message.ShouldContain($"byte {start.Length} is 0xFC");
        refusal.Message.ShouldContain("mixed.csv, line 20003");
        refusal.Message.ShouldContain("windows-1252");
    }

    [Fact]
    public void Encoding_MarkAgainstTheFormat_IsRefused() =>
        Should.Throw<CsvException>(() => Open("\ufeffa,b\n", new() { Encoding = CsvEncoding.Windows1252 }))
            .Message.ShouldContain("byte order mark says UTF-8");

    [Fact]
    public void Encoding_CutOffCharacterAtTheEnd_IsRefused() =>
        Should.Throw<CsvException>(() => Count(CsvTable.Open(new MemoryStream([.. "a\nb"u8, 0xC3]), "x.csv"))).Line.ShouldBe(2);

    [Fact]
    public void Text_WithNul_IsRefused() =>
        Should.Throw<CsvException>(() => Count(Open("a,b\n1,2\n3,\0\n"))).Line.ShouldBe(3);

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("a,,c\n1,2,3\n", "column 2 of the header has no name")]
    [InlineData("a,b,A\n1,2,3\n", "columns 1 and 3 are named 'a' and 'A'; names must differ in more than blanks and the case of letters")]
    [InlineData("a,b,a\n1,2,3\n", "columns 1 and 3 are both named 'a'")]
    [InlineData("7,2021-01-01,12.5\n8,2021-01-02,3\n", "is '2021-01-01', which is a value, not a name")]
    public void Header_Wrong_IsRefusedWithWhatIsWrong(string text, string message) =>
        Should.Throw<CsvException>(() => Open(text)).Message.ShouldContain(message);

    [Fact]
    public void Header_Column_IsFoundWithoutCaseAndSpacing()
    {
        using CsvTable table = Open(" Create  Date ,id\n1,2\n");

        table.Header.Find("create date").ShouldBe(0);
        table.Header.Find("created").ShouldBe(-1);
        Should.Throw<CsvException>(() => table.Header.Require("created")).Message.ShouldContain("Create  Date, id");
    }

    [Theory]
    [InlineData("a,b\n1\n", "has 1 cells; the header has 2 columns")]
    [InlineData("a,b\n1,2,3\n", "has 3 cells; the header has 2 columns")]
    public void Record_OfTheWrongShape_SaysSo(string text, string problem)
    {
        using CsvTable table = Open(text);

        table.Records().Single().Problem!.ShouldContain(problem);
    }

    [Theory]
    [InlineData("a,b\n1,2\n1,\"open\n2,3\n", 3)]
    [InlineData("a,\"b\n1,2\n", 1)]
    public void Quote_NeverClosed_IsRefusedByTheLineOfItsRecord(string text, long line)
    {
        CsvException refusal = Should.Throw<CsvException>(() => Count(Open(text)));

        refusal.Line.ShouldBe(line);
        refusal.Message.ShouldContain("never closed");
    }

    [Fact]
    public void Cell_TooLong_IsRefused() =>
        Should.Throw<CsvException>(() => Count(Open("a\nok\n" + new string('x', 101) + "\n", new() { LongestField = 100 })))
            .Message.ShouldContain("line 3: cell 1 has 101 characters; expected at most 100");

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("id,name\n1,\"")]
    public void Line_WithoutEnd_IsRefusedBeforeItFillsTheMemory(string start)
    {
        var endless = new EndlessStream(Utf8.GetBytes(start), length: 1L << 30);

        CsvException refusal = Should.Throw<CsvException>(() => Count(CsvTable.Open(endless, "huge.csv")));

        refusal.Message.ShouldContain("huge.csv");
        refusal.Message.ShouldContain("longer than");
        endless.Position.ShouldBeLessThan(64L << 20);
    }

    [Fact]
    public void Open_MissingFile_IsRefusedByName() =>
        Should.Throw<FileNotFoundException>(() => CsvTable.Open("/nowhere/leads.csv")).Message.ShouldContain("/nowhere/leads.csv");

    private static CsvTable Open(string text, CsvFormat? format = null) =>
        CsvTable.Open(new MemoryStream(Utf8.GetBytes(text)), "x.csv", format);

    private static int Count(CsvTable table)
    {
        using (table)
        {
            return table.Records().Count();
        }
    }
}
