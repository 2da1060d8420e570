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
            HistogramBin bin = scale.Read(scale.Sum(found.Span[row]));
            double p = 1 / (1 + Math.Exp(-scores[row]));

            // 32-bit floats: a millionth of the weight.
            bin.Gradient.ShouldBe(weights[row] * (p - labels[row]), 2e-6);
            bin.Hessian.ShouldBe(weights[row] * p * (1 - p), 2e-6);
            bin.Count.ShouldBe(1);
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
            part.Span[start..].ToArray().Select(sum => sum.Gradient).ShouldBe(whole.Span[start..].ToArray().Select(sum => sum.Gradient));
        }
    }
}
