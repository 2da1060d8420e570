using System.Globalization;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Tests.Tables;

/// <summary>What is made of the dates of a table.</summary>
public sealed class TableDatesTests
{
    [Theory]
    [InlineData("2024-01-{0:00} 07:00:00.123456+00:00")]
    [InlineData("2024-01-{0:00} 07:00:00.123+00")]
    [InlineData("2024-01-{0:00} 07:00:00 UTC")]
    [InlineData("01/{0:00}/2024 07:00 AM")]
    [InlineData("{0}-Jan-2024")]
    [InlineData("{0} Jan 2024")]
    [InlineData("{0:00} january 2024 07:00")]
    [InlineData("{0:00}/JAN/2024")]
    [InlineData("Jan {0}, 2024")]
    [InlineData("January {0}, 2024")]
    [InlineData("Jan {0:00}, 2024, 7:00:00 AM")]
    public void FromColumns_DatesOfDatabasesAndSpreadsheets_AreDates(string format)
    {
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["seen"], [.. Enumerable.Range(0, 120).Select(i => new[] { string.Format(CultureInfo.InvariantCulture, format, 1 + (i % 28)) })]);

        draft.Schema.Features[0].Source.ShouldBeOfType<AttributeDate>().Part.ShouldBe(DatePart.Ordinal);
        float[] vector = new float[draft.Schema.Features.Count];
        FeatureExtractor extractor = new(draft.Schema);
        extractor.ExtractRow([string.Format(CultureInfo.InvariantCulture, format, 5)], extractor.Bind(["seen"]), vector);
        Math.Floor(vector[0]).ShouldBe(19_727); // days from 1970-01-01 to 2024-01-05
    }

    [Fact]
    public void FromColumns_TimeColumn_TurnsOtherDatesIntoDaysBefore()
    {
        string[][] rows = [.. Enumerable.Range(1, 28).Select(i => new[] { $"2025-02-{i:D2}", $"2025-01-{29 - i:D2}" })];

        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(["created_at", "signup"], rows, new() { TimeColumn = "created_at" }).Schema);

        float[] vector = new float[extractor.Count];
        extractor.ExtractRow(["2025-02-11", "2025-02-01"], extractor.Bind(["created_at", "signup"]), vector);
        vector[extractor.Schema.IndexOf("signup (days before)")].ShouldBe(10);
        vector[extractor.Schema.IndexOf("created_at (day of month)")].ShouldBe(11);
    }

    [Theory]
    [InlineData("MM/dd/yyyy", "yyyy-MM-dd")]
    [InlineData("yyyy-MM-dd", "MM/dd/yyyy")]
    [InlineData("MM/dd/yyyy", "dd/MM/yyyy")]
    [InlineData("dd/MM/yyyy", "MM/dd/yyyy")]
    public void FromColumns_TimeColumnInAnotherForm_IsReadInItsOwn(string time, string other)
    {
        string[] Row(DateTime at) => [at.ToString(time, CultureInfo.InvariantCulture), at.AddDays(-40).ToString(other, CultureInfo.InvariantCulture)];
        var first = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(["created", "seen"], [.. Enumerable.Range(0, 90).Select(i => Row(first.AddDays(i)))], new() { TimeColumn = "created" }).Schema);
        int before = extractor.Schema.IndexOf("seen (days before)");
        float[] vector = new float[extractor.Count];
        foreach (DateTime at in new[] { first.AddDays(2), first.AddDays(64), first.AddDays(83) })
        {
            extractor.ExtractRow(Row(at), extractor.Bind(["created", "seen"]), vector);
            vector[before].ShouldBe(40, $"{at}");
            extractor.ExtractRow([.. extractor.Columns.Select(column => AttributeValue.Of(Row(at)[column.Name == "created" ? 0 : 1]))], vector);
            vector[before].ShouldBe(40, $"{at}");
        }
    }

    [Fact]
    public void FromColumns_DatesOfTwoYears_HaveMonths()
    {
        var first = new DateTime(2023, 1, 15, 0, 0, 0, DateTimeKind.Utc);
        string[] Parts(int days) => [.. FeatureSchemaBuilder.FromColumns(["at"], [.. Enumerable.Range(0, 60).Select(i => new[] { $"{first.AddDays(i * days / 59):yyyy-MM-dd}" })])
            .Schema.Features.Select(feature => feature.Name)];
        Parts(729).ShouldBe(["at (day)", "at (weekday)"]);
        Parts(730).ShouldBe(["at (day)", "at (weekday)", "at (month)"]);
        FeatureSchemaBuilder.FromColumns(["at"], [["1970-01-01"], .. Enumerable.Range(0, 200).Select(i => new[] { $"{first.AddDays(i):yyyy-MM-dd}" })])
            .Schema.Features.Select(feature => feature.Name).ShouldBe(["at (day)", "at (weekday)"], "a date for none is no span");

        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(["at"], [.. Enumerable.Range(0, 60).Select(i => new[] { $"{first.AddDays(i * 14):yyyy-MM-dd}" })]).Schema);
        float[] vector = new float[extractor.Count];
        extractor.ExtractRow(["2024-12-31"], extractor.Bind(["at"]), vector);
        extractor.Describe(extractor.Schema.IndexOf("at (month)"), vector[extractor.Schema.IndexOf("at (month)")]).ShouldBe("month of at is December");
    }

    [Theory]
    [InlineData("2025-02-01 09:00:00", 9)]
    [InlineData("2025-02-01 23:59:59.999", 23)]
    [InlineData("2025-02-01T00:30:00+02:00", 22)]
    [InlineData("2025-02-01", 0)]
    public void FromColumns_TimesOfDay_HaveHours(string cell, float hour)
    {
        string[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { $"2025-01-{1 + (i % 28):D2} {i % 24:D2}:00:00" })];
        FeatureExtractor extractor = new(FeatureSchemaBuilder.FromColumns(["at"], rows, new() { MinimumCount = 2 }).Schema);
        float[] vector = new float[extractor.Count];
        extractor.ExtractRow([cell], extractor.Bind(["at"]), vector);
        vector[extractor.Schema.IndexOf("at (hour)")].ShouldBe(hour);
        extractor.Describe(extractor.Schema.IndexOf("at (hour)"), hour).ShouldBe($"hour of at is {hour}");
    }

    [Theory]
    [InlineData("yyyy-MM-dd")]
    [InlineData("dd.MM.yyyy")]
    [InlineData("d-MMM-yyyy")]
    public void FromColumns_DatesOfOneMeaning_ReadNoneOfTwo(string form)
    {
        string[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { new DateTime(2025, 1 + (i % 12), 1 + (i % 28)).ToString(form, CultureInfo.InvariantCulture) })];
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["at"], rows, new() { MinimumCount = 2 });
        draft.Schema.Features[0].Source.ShouldBe(new AttributeDate("at", DatePart.Ordinal, DateOrder.Unknown));
        draft.Doubts.ShouldBeEmpty();

        var extractor = new FeatureExtractor(draft.Schema);
        float Day(string cell)
        {
            float[] vector = new float[extractor.Count];
            extractor.ExtractRow([cell], extractor.Bind(["at"]), vector);
            return vector[0];
        }

        Day("2025-02-03").ShouldBe(Day("03.02.2025"));
        Day("3-Feb-2025").ShouldBe(Day("2025-02-03"));
        Day("02/03/2025").ShouldBe(float.NaN);
        Day("2-3-2025").ShouldBe(float.NaN);
    }

    [Theory]
    [InlineData("{0:D2}/01/{1}", DateOrder.MonthFirst, "month")]
    [InlineData("01/{0:D2}/{1}", DateOrder.DayFirst, "day")]
    [InlineData("{0:D2}/{0:D2}/{1}", DateOrder.DayFirst, null)]
    [InlineData("{0:D2}/13/{1}", DateOrder.MonthFirst, null)]
    public void FromColumns_SlashedDatesThatCanBeReadBothWays_AreReadTheLikelierAndToldOf(string form, DateOrder order, string? told)
    {
        string[][] rows = [.. Enumerable.Range(0, 40).Select(i => new[] { string.Format(CultureInfo.InvariantCulture, form, 1 + (i % 12), 2020 + (i / 12)) })];
        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(["at"], rows);
        draft.Schema.Features[0].Source.ShouldBe(new AttributeDate("at", DatePart.Ordinal, order));
        draft.Doubts.Select(doubt => doubt.Reason).ShouldBe(told is null ? [] : [$"its dates can be read with the day first and with the month first, and are read with the {told} first; write them as 2025-12-31"]);
    }
}
