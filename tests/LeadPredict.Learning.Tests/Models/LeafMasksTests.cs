using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Tests.Models;

/// <summary>The masks against the walk: the same bits.</summary>
public sealed class LeafMasksTests
{
    private static readonly float[] Odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, -0f, 0.5f, 1e30f, -1];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(15, 5)]
    [InlineData(16, 5)]
    [InlineData(17, 4)]
    [InlineData(200, 5)]
    [InlineData(8, 6)]
    [InlineData(33, 6)]
    [InlineData(20, 9)]
    public void Score_AnyRow_HasTheBitsOfTheWalk(int trees, int depth)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            TreeEnsemble ensemble = RandomModels.Trees(random, trees, depth);
            for (int i = 0; i < 300; i++)
            {
                float[] row = RandomModels.Row(random);
                if (i % 3 == 0)
                {
                    row[random.Next(row.Length)] = Odd[random.Next(Odd.Length)];
                }

                BitConverter.DoubleToInt64Bits(ensemble.Score(row)).ShouldBe(BitConverter.DoubleToInt64Bits(ensemble.Walk(row)));
            }
        }
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Of_AnyNumberOfThresholds_CountsThoseAtOrBelow(int count)
    {
        float[] thresholds = [.. Enumerable.Range(0, count).Select(i => (i * 1.5f) - 100)];
        ValueClasses classes = ValueClasses.OfNumbers(0, thresholds);
        foreach (float value in thresholds.SelectMany(t => new[] { t, MathF.BitDecrement(t), MathF.BitIncrement(t) }).Concat(Odd).Where(value => !float.IsNaN(value)))
        {
            classes.Of(value).ShouldBe(thresholds.Count(threshold => threshold <= value));
        }

        classes.Of(float.NaN).ShouldBe(count + 1);
    }

    [Fact]
    public void RawScore_ManyRows_AllocatesNothing()
    {
        var random = new Random(1);
        ScoreModel model = RandomModels.Model(random, trees: 100, depth: 5);
        float[] row = RandomModels.Row(random);
        double sum = model.RawScore(row);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            sum += model.RawScore(row);
        }

        // The runtime may allocate for itself while it compiles the loop anew; a row that allocated would show 10,000 times.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000);
        sum.ShouldNotBe(0);
    }

    [Fact]
    public void RawScores_ManyRows_EqualsOneByOne()
    {
        var random = new Random(2);
        ScoreModel model = RandomModels.Model(random, trees: 40, depth: 5);
        float[][] rows = [.. Enumerable.Range(0, 3000).Select(_ => RandomModels.Row(random))];
        var scores = new double[rows.Length];
        model.RawScores(rows.SelectMany(row => row).ToArray(), scores);
        for (int i = 0; i < rows.Length; i++)
        {
            scores[i].ShouldBe(model.RawScore(rows[i]));
        }

        Should.Throw<ArgumentException>(() => model.RawScores(new float[7], new double[1]));
    }
}
