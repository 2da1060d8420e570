using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class LogisticDerivativesTests
{
    [Fact]
    public void Fill_ScoresFromVeryLowToVeryHigh_IsNearTheNaiveDerivatives()
    {
        const int count = 1003;
        var random = new Random(1);
        double[] scores = [.. Enumerable.Range(0, count).Select(row => (row - 500) * 0.2)];
        byte[] labels = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(2))];
        float[] weights = [.. Enumerable.Range(0, count).Select(_ => 0.1f + (3 * random.NextSingle()))];
        SumScale scale = LogisticLoss.Scale(count, weights.Max());
        var found = new AlignedArray<RowDerivatives>(count);
        LogisticDerivatives.Fill(scores, new SignedWeights(labels, weights), 0, count, scale, found);
        for (int row = 0; row < count; row++)
        {
            HistogramBin bin = scale.Read(scale.Unpack(found.Span[row].Packed));
            double p = 1 / (1 + Math.Exp(-scores[row]));

            // Rounded to a whole number of units, up or down; and 32-bit floats: a millionth of the weight.
            bin.Gradient.ShouldBe(weights[row] * (p - labels[row]), (1 / scale.ToGradient) + 2e-6);
            bin.Hessian.ShouldBe(weights[row] * p * (1 - p), (1 / scale.ToHessian) + 2e-6);
            bin.Count.ShouldBe(1);
        }
    }

    [Fact]
    public void Fill_ManyRowsOfOneScore_SumsLoseNothingToRounding()
    {
        // One score for all: rounding to the nearest would be wrong by the same for each of 100,000 rows of 12 bits.
        const int count = 100_000;
        double[] scores = [.. Enumerable.Repeat(-1.2345, count)];
        var signed = new SignedWeights([.. Enumerable.Range(0, count).Select(row => (byte)(row % 5 == 0 ? 1 : 0))], [.. Enumerable.Repeat(1f, count)]);
        SumScale scale = LogisticLoss.Scale(count, 1);
        var found = new AlignedArray<RowDerivatives>(count);
        LogisticDerivatives.Fill(scores, signed, 0, count, scale, found);
        HistogramBin sum = default;
        for (int row = 0; row < count; row++)
        {
            HistogramBin bin = scale.Read(scale.Unpack(found.Span[row].Packed));
            (sum.Gradient, sum.Hessian) = (sum.Gradient + bin.Gradient, sum.Hessian + bin.Hessian);
        }

        double p = 1 / (1 + Math.Exp(1.2345));
        sum.Gradient.ShouldBe((p - 0.2) * count, 0.1);
        sum.Hessian.ShouldBe(p * (1 - p) * count, 0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(20_000_000)]
    public void For_TheLargestDerivativesOfAsManyRowsAsMayBePacked_KeepsAllThreeSums(int rows)
    {
        SumScale scale = LogisticLoss.Scale(rows, 3);
        foreach (int sign in (int[])[-1, 1])
        {
            // A row can be rounded up by one beyond the largest.
            int gradient = (int)Math.Round(3 * scale.ToGradient) + 1;
            int hessian = (int)Math.Round(0.75 * scale.ToHessian) + 1;
            long packed = 0;
            for (int row = 0; row < scale.PackedRows; row++)
            {
                packed += scale.Row(sign * gradient, hessian).Packed;
            }

            BinSum sum = scale.Unpack(packed);
            sum.Gradient.ShouldBe((long)sign * gradient * scale.PackedRows);
            scale.Count(sum).ShouldBe(Math.Min(scale.PackedRows, (1 << (64 - scale.CountShift)) - 1));
            ((long)(sum.HessianAndCount & ((1ul << scale.CountShift) - 1))).ShouldBe((long)hessian * scale.PackedRows);
        }
    }

    [Fact]
    public void Fill_ARowAmongOthers_DoesNotDependOnItsPlace()
    {
        double[] scores = [.. Enumerable.Range(0, 20).Select(row => row * 0.37)];
        var signed = new SignedWeights(new byte[20], [.. Enumerable.Repeat(0.7f, 20)]);
        SumScale scale = LogisticLoss.Scale(20, 0.7);
        var whole = new AlignedArray<RowDerivatives>(20);
        LogisticDerivatives.Fill(scores, signed, 0, 20, scale, whole);
        for (int start = 0; start < 20; start++)
        {
            var part = new AlignedArray<RowDerivatives>(20);
            LogisticDerivatives.Fill(scores, signed, start, 20, scale, part);
            part.Span[start..].ToArray().Select(row => row.Packed).ShouldBe(whole.Span[start..].ToArray().Select(row => row.Packed));
        }
    }
}
