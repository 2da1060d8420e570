using LeadPredict.Learning.Tables;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Tests.Train;

/// <summary>Rows that a join repeats are told from rows that are alike because there is little to tell of them.</summary>
public sealed class RepeatedRowsTests
{
    private readonly List<string> _said = [];

    /// <summary>Most leads did nothing, and one in two hundred of those converts: nearly all share the label, and by nothing but chance.</summary>
    [Fact]
    public void Grouped_AlikeByNatureWhereFewConvert_StayApart()
    {
        var random = new Random(1);
        TrainingTable rows = Table(6000, _ => random.NextDouble() < 0.7 ? 0 : 1 + random.Next(3), value => random.NextDouble() < (value == 0 ? 0.005 : 0.03));

        RepeatedRows.Grouped(rows, _said.Add).ShouldBeSameAs(rows);
        _said.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void Grouped_EachRowThreeTimes_AreOneCaseEach(double rate)
    {
        var random = new Random(2);
        TrainingTable once = Table(1500, _ => random.NextSingle(), _ => random.NextDouble() < rate);

        TrainingTable grouped = RepeatedRows.Grouped(Of(once, [.. Enumerable.Range(0, 4500).Select(row => row % 1500)]), _said.Add);

        grouped.Groups.Distinct().Count().ShouldBe(1500);
        _said.ShouldHaveSingleItem().ShouldStartWith("4500 of 4500 rows stand there more than once");
    }

    /// <summary>Of leads that did nothing some convert: they are no repeats, though others of the file are.</summary>
    [Fact]
    public void Grouped_RepeatsBesideOthersThatAreAlike_KeepsTheRepeatsTogetherAlone()
    {
        var random = new Random(3);
        TrainingTable once = Table(2000, row => row < 1000 ? 0 : random.NextSingle(), value => random.NextDouble() < (value == 0 ? 0.004 : 0.06));

        TrainingTable grouped = RepeatedRows.Grouped(Of(once, [.. Enumerable.Range(0, 1000), .. Enumerable.Range(0, 3000).Select(row => 1000 + (row % 1000))]), _said.Add);

        grouped.Groups.Take(1000).Distinct().Count().ShouldBe(1000);
        grouped.Groups.Skip(1000).Distinct().Count().ShouldBe(1000);
    }

    /// <summary>Those rows, each alone.</summary>
    private static TrainingTable Of(TrainingTable table, int[] rows)
    {
        TrainingTable chosen = table.Select(rows);
        return new(chosen.Features, chosen.Labels);
    }

    private static TrainingTable Table(int rows, Func<int, float> value, Func<float, bool> converted)
    {
        float[] values = [.. Enumerable.Range(0, rows).Select(value)];
        return new(new FeatureTable([new("visits", ColumnKind.Numeric)], [values]), [.. values.Select(one => converted(one) ? (byte)1 : (byte)0)]);
    }
}
