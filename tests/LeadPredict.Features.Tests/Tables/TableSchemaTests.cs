using System.Globalization;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Tests.Tables;

public class TableSchemaTests
{
    private static readonly string[] Columns = ["id", "age", "member", "city", "joined", "note", "constant", "owner_id", "IsConverted"];

    private static readonly string[][] Rows = [.. Enumerable.Range(0, 60).Select(i => new[]
    {
        $"{i + 1}", i % 7 == 0 ? "NA" : $"{i}.5", i % 2 == 0 ? "Yes" : "no", i % 3 == 0 ? "Bonn" : i % 3 == 1 ? "bonn" : $"Rare{i}",
        $"{(i % 28) + 1}/12/2024", $"text {i}", "same", $"{i % 3}", $"{i % 2}",
    })];

    [Fact]
    public void FromColumns_Kinds_AreInferredFromTheRows()
    {
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(Columns, Rows);

        draft.Schema.Features.Select(feature => (feature.Name, feature.Kind)).ShouldBe(
        [
            ("age", FeatureKind.Numeric), ("member", FeatureKind.Numeric), ("city", FeatureKind.Categorical),
            ("joined (day)", FeatureKind.Numeric), ("joined (weekday)", FeatureKind.Categorical), ("owner_id", FeatureKind.Categorical),
        ]);
        draft.LeftOut.Select(note => note.Name).ShouldBe(["IsConverted", "constant", "id", "note"]);
        draft.LeftOut.Single(note => note.Name == "id").Reason.ShouldContain("identifier");
    }

    [Fact]
    public void ExtractRow_UnseenRareAndMissing_HaveTheirCodes()
    {
        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(Columns, Rows).Schema);
        TableBinding binding = extractor.Bind(Columns);

        Extract("7", "3.5", "YES", "BONN", "31/12/2024", "", "", "2").ShouldBe([3.5f, 1, 1, 20088, 3, 3]);
        Extract("7", "NA", "maybe", "Paris", "soon", "", "", "9").ShouldBe([float.NaN, float.NaN, 0, float.NaN, float.NaN, 0]);
        Extract("7", "", "0", " ").ShouldBe([float.NaN, 0, float.NaN, float.NaN, float.NaN, float.NaN]);

        float[] Extract(params string[] cells)
        {
            float[] vector = new float[extractor.Count];
            extractor.ExtractRow(cells, binding, vector);
            return vector;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("joined")]
    public void ExtractRow_OfValues_GivesTheBitsOfTheCells(string? time)
    {
        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(Columns, Rows, new() { TimeColumn = time }).Schema);
        TableBinding binding = extractor.Bind(Columns);
        float[] cells = new float[extractor.Count], values = new float[extractor.Count];
        foreach (string[] row in Rows)
        {
            extractor.ExtractRow(row, binding, cells);
            extractor.ExtractRow(extractor.Columns.Select(column => AttributeValue.Of(row[Array.IndexOf(Columns, column.Name)])).ToArray(), values);
            values.ShouldBe(cells);
        }
    }

    /// <summary>One program writes 12 where another, that has gaps beside it, writes 12.0.</summary>
    [Fact]
    public void ExtractRow_WholeNumberInAnotherForm_IsTheSameCategory()
    {
        string[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { i % 3 == 0 ? "12" : i % 3 == 1 ? "-7.0" : "A.0" })];
        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(["code"], rows).Schema);
        TableBinding binding = extractor.Bind(["code"]);

        Code("12.0").ShouldBe(Code("12"));
        Code("-7").ShouldBe(Code("-7.0"));
        foreach (string other in new[] { "12.00", "12.", "--7", "-", ".0", "A", "1.2" })
        {
            Code(other).ShouldBe(0, other);
        }

        float Code(string cell)
        {
            float[] vector = new float[1];
            extractor.ExtractRow([cell], binding, vector);
            return vector[0];
        }
    }

    [Fact]
    public void FromColumns_RareValues_FallUnderOther()
    {
        FeatureDefinition city = FeatureSchemaBuilder.FromColumns(Columns, Rows).Schema.Features.Single(feature => feature.Name == "city");

        city.Categories.ShouldBe(["other", "Bonn"]);
        city.Source.ShouldBe(new AttributeCategory("city"));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("inf")]
    [InlineData("na")]
    [InlineData("NONE")]
    [InlineData("N.A.")]
    [InlineData("NaT")]
    [InlineData("0000-00-00")]
    public void FromColumns_NumbersAndAWordForMissing_AreNumbers(string word)
    {
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["amount"], [.. Enumerable.Range(0, 60).Select(i => new[] { i % 10 == 0 ? word : $"{i}.5" })]);

        draft.Schema.Features.Single().Source.ShouldBe(new AttributeNumber("amount"));
        draft.Doubts.ShouldBeEmpty();
        float[] vector = new float[1];
        FeatureExtractor extractor = new(draft.Schema);
        extractor.ExtractRow([word], extractor.Bind(["amount"]), vector);
        vector[0].ShouldBe(float.NaN);
        draft.Schema.MissingWords.ShouldBe(Words.MissingWords.Usual);
    }

    [Fact]
    public void FromColumns_WordForMissingAmongTexts_StaysACategory() =>
        FeatureSchemaBuilder.FromColumns(["plan"], [.. Enumerable.Range(0, 60).Select(i => new[] { i % 3 == 0 ? "none" : "basic" })])
            .Schema.Features.Single().Categories.ShouldBe(["other", "basic", "none"]);

    [Theory]
    [InlineData("unknown", "90 % of its cells are numbers, but some are texts such as 'unknown', so it is read as categories; leave such cells empty")]
    [InlineData("1,234.50", "100 % of its cells are numbers, but some have marks in them, as 9,999.99 has, so it is read as categories; write numbers with digits")]
    [InlineData("$90", "100 % of its cells are numbers, but some have marks in them, as $99 has, so it is read as categories; write numbers with digits")]
    [InlineData("(0.35)", "100 % of its cells are numbers, but some have marks in them, as (9.99) has, so it is read as categories; write numbers with digits")]
    [InlineData("\u22120.35", "100 % of its cells are numbers, but some have marks in them, as \u22129.99 has")]
    [InlineData("500k", "100 % of its cells are numbers, but some have marks in them, as 999k has")]
    [InlineData("12.50 EUR", "100 % of its cells are numbers, but some have marks in them, as 99.99 EUR has")]
    public void FromColumns_NumbersAndOtherTexts_AreDoubted(string text, string doubt)
    {
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["amount"], [.. Enumerable.Range(0, 60).Select(i => new[] { i % 10 == 0 ? text : $"{i % 5}.5" })]);

        draft.Schema.Features.Single().Source.ShouldBe(new AttributeCategory("amount"));
        draft.Doubts.Single().Name.ShouldBe("amount");
        draft.Doubts.Single().Reason.ShouldStartWith(doubt);
    }

    [Theory]
    [InlineData("12,345.00", "1.5", "3 of its 300 cells, such as one like '99,999.99', are not numbers")]
    [InlineData("12,345.00", "true", null)]
    [InlineData("Ja", "true", "3 of its 300 cells, such as one like 'xx', are not yes or no")]
    [InlineData("someday", "2024-01-05", "3 of its 300 cells, such as one like 'xxxxxxx', are not dates")]
    public void FromColumns_FewCellsOfAnotherKind_AreDoubtedWithTheirNumber(string text, string usual, string? doubt)
    {
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["seen"], [.. Enumerable.Range(0, 300).Select(i => new[] { i % 100 == 0 ? text : usual == "1.5" ? $"{i}.5" : usual == "true" && i % 2 == 0 ? "false" : usual })]);

        draft.Schema.Features[0].Source.ShouldNotBe(new AttributeCategory("seen"));
        if (doubt is not null)
        {
            draft.Doubts.Single().Reason.ShouldStartWith(doubt);
        }
    }

    [Theory]
    [InlineData("TRUE Yes 1 false no 0", true)]
    [InlineData("y 1.0 n 0", true)]
    [InlineData("1 0", false)]
    [InlineData("yes no 2 1 0", false)]
    public void FromColumns_YesAndNoInMixedSpellings_AreYesAndNo(string words, bool meant)
    {
        string[] cells = words.Split(' ');
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["member"], [.. Enumerable.Range(0, 120).Select(i => new[] { cells[i % cells.Length] })]);

        (draft.Schema.Features.Single().Source is AttributeBoolean).ShouldBe(meant);
        if (meant)
        {
            draft.Doubts.ShouldBeEmpty();
            FeatureExtractor extractor = new(draft.Schema);
            float[] vector = new float[1];
            cells.Select(cell =>
            {
                extractor.ExtractRow([cell], extractor.Bind(["member"]), vector);
                return vector[0];
            }).ShouldBe(cells.Select((_, i) => i < cells.Length / 2 ? 1f : 0f));
        }
    }

    [Theory]
    [InlineData("phone", "+4917012345{0:00}")]
    [InlineData("date of birth", "1970-01-{0:00}")]
    [InlineData("ssn", "1234567{0:00}")]
    public void FromColumns_PersonalColumn_IsLeftOutWhateverItHolds(string name, string format)
    {
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns([name, "plan"], [.. Enumerable.Range(0, 120).Select(i => new[] { string.Format(CultureInfo.InvariantCulture, format, 1 + (i % 28)), $"p{i % 3}" })]);

        draft.Schema.Features.Single().Name.ShouldBe("plan");
        draft.LeftOut.Single().Reason.ShouldStartWith("personal");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FromColumns_NumbersThatRepeatAfterManyThatDiffer_AreNoIdentifier(bool repeats)
    {
        string[][] rows = [.. Enumerable.Range(0, 30_000).Select(i => new[] { $"{(repeats && i >= 20_000 ? 20_000 + (i % 4_324) : i) * 7}", $"{i % 5}" })];

        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["order number", "visits"], rows);

        draft.Schema.Features.Any(feature => feature.Name == "order number").ShouldBe(repeats);
        draft.LeftOut.Any(note => note.Reason.Contains("identifier", StringComparison.Ordinal)).ShouldBe(!repeats);
    }

    [Fact]
    public void FromColumns_Drop_LeavesOutByName()
    {
        FeatureSchemaBuilder.FromColumns(Columns, Rows, new() { Drop = ["CITY", "joined (weekday)"] }).Schema.Features
            .Select(feature => feature.Name).ShouldBe(["age", "member", "joined (day)", "owner_id"]);
    }

    [Fact]
    public void FromColumns_DropOfAMisspeltName_SaysSo()
    {
        FeatureSchemaBuilder.FromColumns(Columns, Rows, new() { Drop = ["citty", "CITY", "joined (weekday)", "AGES"] })
            .DroppedInVain.ShouldBe(["AGES", "citty"]);
    }

    [Fact]
    public void Bind_HeaderLacksColumns_NamesThemAll()
    {
        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(Columns, Rows).Schema);

        MissingColumnsException fault = Should.Throw<MissingColumnsException>(() => extractor.Bind(["AGE", "member", "joined"]));

        fault.Missing.ShouldBe(["city", "owner_id"]);
        fault.Message.ShouldContain("'city', 'owner_id'");
    }

    [Fact]
    public void FromColumns_ColumnTwice_IsRefused()
    {
        Should.Throw<FeatureSchemaException>(() => FeatureSchemaBuilder.FromColumns(["a", "A "], [])).Message.ShouldContain("column 2 is named 'A'");
    }

    [Fact]
    public void FromColumns_NoRows_IsRefused()
    {
        Should.Throw<FeatureSchemaException>(() => FeatureSchemaBuilder.FromColumns(["a"], [])).Message.ShouldContain("no rows");
    }
}
