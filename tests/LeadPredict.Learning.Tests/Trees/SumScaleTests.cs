using System.Runtime.Intrinsics;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class SumScaleTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    [InlineData(2_000_000_000)]
    public void ReadGradientsAndHessians_FourSumsAtOnce_EqualsReadingEach(int rows)
    {
        // The largest sums that a table of so many rows can come to, both ways.
        SumScale scale = SumScale.For(rows, 1, 0.25);
        long gradient = (long)(scale.ToGradient * rows);
        long hessian = (long)(scale.ToHessian * 0.25 * rows);
        BinSum[] sums =
        [
            new(gradient, Second(hessian, rows)), new(-gradient, Second(0, 0)), new(gradient / 3, Second(hessian / 7, 1)), new(-1, Second(1, rows - 1)),
        ];
        Vector256<double> gradients = scale.ReadGradients(Vector256.Create(sums[0].Gradient, sums[1].Gradient, sums[2].Gradient, sums[3].Gradient));
        Vector256<double> hessians = scale.ReadHessians(Vector256.Create(
            (long)sums[0].HessianAndCount, (long)sums[1].HessianAndCount, (long)sums[2].HessianAndCount, (long)sums[3].HessianAndCount));
        for (int i = 0; i < sums.Length; i++)
        {
            gradients[i].ShouldBe(scale.Read(sums[i]).Gradient);
            hessians[i].ShouldBe(scale.Read(sums[i]).Hessian);
        }

        ulong Second(long sum, int count) => (ulong)sum | ((ulong)count << scale.CountShift);
    }
}
