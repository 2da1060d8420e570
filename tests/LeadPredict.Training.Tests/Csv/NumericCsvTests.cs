using System.Globalization;
using System.Text;
using LeadPredict.Features.Profiles;
using LeadPredict.Features;
using LeadPredict.Learning.Tables;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Tests.Csv;

/// <summary>The fast reader of numbers against the general one.</summary>
public sealed class NumericCsvTests : IDisposable
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

        LabelledTable table = Open(text.ToString());
        var options = new SchemaOptions { Drop = ["label"] };
        (SchemaDraft draft, TrainingTable rows) = NumericTable.TryRead(table, options, default).ShouldNotBeNull();
        (SchemaDraft general, List<float[]> expected, List<byte> labels) = General(table, options);
        draft.Schema.Fingerprint.ShouldBe(general.Schema.Fingerprint);
        draft.LeftOut.ShouldBe(general.LeftOut);
        rows.Labels.ShouldBe(labels);
        var found = new float[draft.Schema.Features.Count];
        for (int row = 0; row < rows.RowCount; row++)
        {
            rows.Features.CopyRow(row, found);
            found.Select(BitConverter.SingleToInt32Bits).ShouldBe(expected[row].Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Theory]
    [InlineData("a,label\n\"1\",0\n2,1\n")]
    [InlineData("a,label\nx,0\n2,1\n")]
    [InlineData("a,label\n1,0\n\n2,1\n")]
    [InlineData("a,label\n1,0,\n2,1\n")]
    [InlineData("a,label\n1\n2,1\n")]
    [InlineData("a,label\n1,yes\n2,1\n")]
    [InlineData("a,label\n5%,0\n2,1\n")]
    [InlineData("a,label\n1\r2,0\n2,1\n")]
    [InlineData("a,label\n1e999,0\n2,1\n")]
    [InlineData("a,label\n-,0\n2,1\n")]
    [InlineData("a,label\n1é,0\n2,1\n")]
    [InlineData("a,label\n")]
    public void TryRead_WrittenInAnotherWay_IsLeftToTheGeneralReader(string text) =>
        NumericTable.TryRead(Open(text), new SchemaOptions { Drop = ["label"] }, default).ShouldBeNull();

    [Theory]
    [InlineData("leadId", true)]
    [InlineData("count", false)]
    public void TryRead_WholeNumbersThatMayBeNames_AreLeftToTheGeneralReader(string name, bool repeats)
    {
        string text = $"{name},label\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"{(repeats ? row % 4 : row)},{row % 2}\n"));
        NumericTable.TryRead(Open(text), new SchemaOptions { Drop = ["label"] }, default).ShouldBeNull();
    }

    private static (SchemaDraft Draft, List<float[]> Rows, List<byte> Labels) General(LabelledTable table, SchemaOptions options)
    {
        var profile = new TableProfile(table.Header, options);
        foreach ((_, IReadOnlyList<string?> cells) in table.Rows())
        {
            profile.Observe(cells);
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
