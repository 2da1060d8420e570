using System.Globalization;
using System.Text;
using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Score;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Tests.Csv;

/// <summary>The fast reader of columns against the general one.</summary>
public sealed class ColumnCsvTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-numbers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("\n", true, ',')]
    [InlineData("\r\n", false, ',')]
    [InlineData("\n", false, ';')]
    public void TryRead_NumbersOfEveryWriting_GivesTheSchemaAndBitsOfTheGeneralReader(string lineEnd, bool endsWithLineEnd, char delimiter)
    {
        // Long enough for several blocks, so that rows lie across their edges.
        var random = new Random(1);
        string[] odd = ["", " ", "NA", "nan", "-0", "+5", "1e3", "-1.5E-7", ".25", "7.", "00012", "123456789012345678", "0.1234567890123456789", "3.40282357e38", "1e300", " 4 ", "-2.50"];
        var text = new StringBuilder(string.Join(delimiter, "a", "b", "c", "label", "d")).Append(lineEnd);
        for (int row = 0; row < 90_000; row++)
        {
            string a = ((random.NextDouble() * 20) - 10).ToString("G6", CultureInfo.InvariantCulture);
            string b = row % 3 == 0 ? odd[random.Next(odd.Length)] : random.Next(100).ToString(CultureInfo.InvariantCulture);
            text.AppendJoin(delimiter, a, b, random.Next(5), random.Next(2), row % 7 == 0 ? "" : "2.0");
            text.Append(row < 89_999 || endsWithLineEnd ? lineEnd : "");
        }

        ShouldReadAsTheGeneralReader(text.ToString());
    }

    [Theory]
    [InlineData("\n", ',', false)]
    [InlineData("\r\n", ';', true)]
    public void TryRead_TextsAmongNumbers_GivesTheSchemaAndBitsOfTheGeneralReader(string lineEnd, char delimiter, bool quoteAll)
    {
        // Long enough for several blocks; one column turns to texts late, one has another text in each row, one has more than are counted.
        var random = new Random(2);
        string[] countries = ["Deutschland", "Österreich", "österreich", "", "NA", " Polen ", "日本", "a \"quoted\" one", "one; two, three"];
        string[] titles = ["CEO", "Head of Sales", "Junior Developer", "VP Marketing", "Intern"];
        string[] names = ["country", "title", "email", "leadId", "agreed", "share", "late", "born", "comment", "visits", "label"];
        var text = new StringBuilder();
        void Line(IEnumerable<string> cells) => text.AppendJoin(delimiter, cells.Select(cell => quoteAll || cell.AsSpan().ContainsAny('"', ',', ';')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)).Append(lineEnd);
        Line(names);
        const int rows = 40_000;
        for (int row = 0; row < rows; row++)
        {
            Line(
            [
                countries[random.Next(countries.Length)], titles[random.Next(titles.Length)],
                row % 3 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"p{row % 500}@{(row % 2 == 0 ? "gmail.com" : "acme.de")}"),
                (1_000_000 + (row % 30)).ToString(CultureInfo.InvariantCulture), row % 5 < 2 ? "Yes" : "no",
                string.Create(CultureInfo.InvariantCulture, $"{random.Next(100)}%"),
                row == rows - 7 ? "unknown" : row % 9 == 0 ? "" : random.Next(50).ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{1 + random.Next(28):00}.{1 + random.Next(12):00}.2024"),
                row % 4 == 0 ? "same" : string.Create(CultureInfo.InvariantCulture, $"text {row}"),
                random.Next(4).ToString(CultureInfo.InvariantCulture), random.Next(2) == 0 ? "won" : "LOST",
            ]);
        }

        ShouldReadAsTheGeneralReader(text.ToString());
    }

    [Theory]
    [InlineData("a,label\n\"1\",0\n2,1\n")]
    [InlineData("a,label\nx,0\n2,1\n")]
    [InlineData("a,label\n1,yes\n2,1\n")]
    [InlineData("\"a\",\"label\"\r\n5%,0\r\n2,1")]
    [InlineData("a,label\n1e999,0\n2,1\n")]
    [InlineData("a,label\n-,0\n\"\",1\n")]
    [InlineData("a,label\n1é,0\n2,1\n")]
    public void TryRead_AFewOddCells_GivesTheSchemaAndBitsOfTheGeneralReader(string start) => ShouldReadAsTheGeneralReader(
        start.TrimEnd('\r', '\n') + "\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{row % 4},{row % 2}\n")));

    [Theory]
    [InlineData("a,label\n\"x\ny\",0\n2,1\n")]
    [InlineData("a,label\nx\"y,0\n2,1\n")]
    [InlineData("a,label\n\"x\"y,0\n2,1\n")]
    [InlineData("a,label\n\"x,0\n2,1\n")]
    [InlineData("a,label\n1,maybe\n2,1\n")]
    [InlineData("a,label\n1,0\n\n2,1\n")]
    [InlineData("a,label\n1,0,\n2,1\n")]
    [InlineData("a,label\n1\n2,1\n")]
    [InlineData("a,label\n1\r2,0\n2,1\n")]
    [InlineData("a,label\r1,0\n2,1\n")]
    [InlineData("a,label\n")]
    public void TryRead_WrittenInAnotherWay_IsLeftToTheGeneralReader(string text) =>
        ColumnTable.TryRead(Open(text), new SchemaOptions { Drop = ["label"] }, null, default).ShouldBeNull();

    [Fact]
    public void TryRead_BytesThatAreNotUtf8_IsLeftToTheGeneralReader()
    {
        string file = Path.Combine(_folder.FullName, "latin.csv");
        File.WriteAllBytes(file, [.. "a,label\nx"u8, 0xE9, .. ",0\n2,1\n"u8]);
        ColumnCsv.TryRead(file, ',', [ColumnUse.NumbersOrTexts, ColumnUse.Label], [], default).ShouldBeNull();
    }

    [Theory]
    [InlineData("leadId", true)]
    [InlineData("count", false)]
    public void TryRead_WholeNumbersThatMayBeNames_GivesTheSchemaAndBitsOfTheGeneralReader(string name, bool repeats) =>
        ShouldReadAsTheGeneralReader(
            $"{name},size,label\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"{(repeats ? row % 4 : row)},{row % 7},{row % 2}\n")));

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void TryRead_IdentifiersOfWhichSomeStandTwice_GivesTheSchemaAndBitsOfTheGeneralReader(int twice) =>
        ShouldReadAsTheGeneralReader(
            "orderNo,size,label\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"{(row < twice ? row / 2 : row) * 7},{row % 7},{row % 2}\n")));

    [Fact]
    public void TryScore_TextsAmongNumbers_GivesTheBitsOfRowByRow()
    {
        var random = new Random(3);
        string[] countries = ["DE", "at", "\"P, L\"", "", "x"];
        LabelledTable table = Open("country,visits,label\n" + string.Concat(Enumerable.Range(0, 3000).Select(
            row => string.Create(CultureInfo.InvariantCulture, $"{countries[random.Next(5)]},{(row % 400 == 3 ? "many" : row % 17)},{random.Next(2)}\n"))));
        var options = new SchemaOptions { Drop = ["label"] };
        (SchemaDraft draft, TrainingTable rows) = ColumnTable.TryRead(table, options, null, default).ShouldNotBeNull();
        ScoreModel model = new ModelTrainer().Train(
            rows, new TrainerOptions { Learner = "trees", Trees = 5, Calibration = CalibrationMethod.None, SingleFit = true }).Model;
        var extractor = new FeatureExtractor(draft.Schema);
        var unreadable = new UnreadableCells(extractor, extractor.Bind(table.Header));
        (double[] found, byte[] labels) = ColumnScores.TryScore(table, extractor, model, DriftWatch.Silent, unreadable, default).ShouldNotBeNull();
        unreadable.Warnings().ShouldHaveSingleItem().ShouldStartWith("column 'visits': 8 of 3000 cells, such as one like 'xxxx', are not numbers");
        (_, List<float[]> expected, List<byte> expectedLabels) = General(table, options);
        found.ShouldBe(expected.Select(row => model.Probability(model.RawScore(row))));
        labels.ShouldBe(expectedLabels);
    }

    /// <summary>Rows of one group count once, in whatever order they stand and with whatever blanks around their texts.</summary>
    [Fact]
    public void TryRead_RowsOfGroups_GivesTheSchemaAndBitsOfTheGeneralReader()
    {
        string text = "note,kind,label\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"n{row % 12},{(row % 3 == 0 ? " k" : "k")}{row % 4},{row % 2}\n"));

        ShouldReadAsTheGeneralReader(text, [.. Enumerable.Range(0, 60).Select(row => row % 12)]).Schema.Features.ShouldHaveSingleItem().Name.ShouldBe("kind");
        ShouldReadAsTheGeneralReader(text).Schema.Features.Count.ShouldBe(2);
    }

    private SchemaDraft ShouldReadAsTheGeneralReader(string text, int[]? groups = null)
    {
        LabelledTable table = Open(text);
        var options = new SchemaOptions { Drop = ["label"] };
        (SchemaDraft draft, TrainingTable rows) = ColumnTable.TryRead(table, options, groups, default).ShouldNotBeNull();
        (SchemaDraft general, List<float[]> expected, List<byte> labels) = General(table, options, groups);
        draft.Schema.Fingerprint.ShouldBe(general.Schema.Fingerprint);
        draft.LeftOut.ShouldBe(general.LeftOut);
        draft.Rows.ShouldBe(general.Rows);
        rows.Labels.ShouldBe(labels);
        var found = new float[draft.Schema.Features.Count];
        for (int row = 0; row < rows.RowCount; row++)
        {
            rows.Features.CopyRow(row, found);
            if (!found.Select(BitConverter.SingleToInt32Bits).SequenceEqual(expected[row].Select(BitConverter.SingleToInt32Bits)))
            {
                found.ShouldBe(expected[row], $"row {row}");
            }
        }

        return draft;
    }

    private static (SchemaDraft Draft, List<float[]> Rows, List<byte> Labels) General(LabelledTable table, SchemaOptions options, int[]? groups = null)
    {
        var profile = new TableProfile(table.Header, options);
        int row = 0;
        foreach ((_, IReadOnlyList<string?> cells) in table.Rows())
        {
            profile.Observe(cells, groups?[row++]);
        }

        SchemaDraft draft = profile.Build();
        var extractor = new FeatureExtractor(draft.Schema);
        TableBinding binding = extractor.Bind(table.Header);
        List<float[]> rows = [];
        List<byte> labels = [];
        foreach ((bool label, IReadOnlyList<string?> cells) in table.Rows())
        {
            rows.Add(new float[extractor.Count]);
            extractor.ExtractRow(cells, binding, rows[^1]);
            labels.Add(label ? (byte)1 : (byte)0);
        }

        return (draft, rows, labels);
    }

    private LabelledTable Open(string text)
    {
        string file = Path.Combine(_folder.FullName, "table.csv");
        File.WriteAllText(file, text);
        return LabelledTable.Open(file, "label");
    }
}
