using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Models;

public sealed class TermMemoryTests
{
    // More than a vector of columns, and some beside.
    private const int Columns = 21;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(Columns)]
    public void RawScore_RowsThatDifferInSomeColumns_HasTheBitsOfAScoreWithoutMemory(int changed)
    {
        var random = new Random(changed);
        ScoreModel model = Model(random);
        var memory = new TermMemory(model);
        float[] row = new float[Columns];
        var alone = new double[Columns];
        var remembered = new double[Columns];
        for (int number = 0; number < 300; number++)
        {
            for (int i = 0; i < changed; i++)
            {
                row[random.Next(Columns)] = random.Next(5) switch { 0 => float.NaN, 1 => -0f, _ => random.Next(-3, 4) };
            }

            Bits(model.RawScore(row, memory)).ShouldBe(Bits(model.RawScore(row)));
            Bits(model.Explain(row, remembered, memory)).ShouldBe(Bits(model.Explain(row, alone)));
            remembered.Select(Bits).ShouldBe(alone.Select(Bits));
        }
    }

    [Fact]
    public void Explain_AnotherRowThanWasScored_IsOfThatRow()
    {
        var random = new Random(1);
        ScoreModel model = Model(random);
        var memory = new TermMemory(model);
        float[] first = [.. Enumerable.Repeat(1f, Columns)], second = [.. Enumerable.Repeat(2f, Columns)];
        var contributions = new double[Columns];
        model.RawScore(first, memory);
        double start = model.Explain(second, contributions, memory);
        (start + contributions.Sum()).ShouldBe(model.RawScore(second), 1e-9);
    }

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    private static ScoreModel Model(Random random)
    {
        FeatureColumn[] columns = [.. Enumerable.Range(0, Columns).Select(i => i % 3 == 0 ? new FeatureColumn($"c{i}", ColumnKind.Categorical, 3) : new($"n{i}", ColumnKind.Numeric))];
        double Value() => random.NextDouble() - 0.5;
        var linear = new LinearTerms(
            [.. columns.Select(column => column.Kind == ColumnKind.Numeric
                ? (LinearTerm)new NumericTerm([-2, 0.3, 1.5], [Value(), Value(), Value()], Value(), Value())
                : new CategoricalTerm([Value(), Value(), Value()], Value(), Value()))]);
        return new(columns, null, linear, 0, 0.7, -1.25, new IdentityCurve(), IntervalTable.Unknown);
    }
}
