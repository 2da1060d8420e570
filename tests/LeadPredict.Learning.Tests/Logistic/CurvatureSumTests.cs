using LeadPredict.Learning.Logistic;

namespace LeadPredict.Learning.Tests.Logistic;

public sealed class CurvatureSumTests
{
    [Theory]
    [InlineData(40, 0.9)]
    [InlineData(41, 0.6)]
    [InlineData(90, 0.5)]
    [InlineData(30, 0.1)]
    public void Add_AnyShareOfZeros_HasTheBitsOfTheObviousWay(int size, double filled)
    {
        var random = new Random(size);
        var rows = new SparseRows();
        for (int row = 0; row < 200; row++)
        {
            for (int place = 0; place < size; place++)
            {
                if (random.NextDouble() < filled)
                {
                    rows.Add(place, random.NextDouble() - 0.5);
                }
            }

            rows.EndRow();
        }

        int[] numbers = [.. Enumerable.Range(0, 200).Where(row => row % 7 != 3)];
        double[] curvatures = [.. numbers.Select(_ => random.NextDouble() / 4)];
        var sum = new double[size * size];
        var expected = new double[size * size];
        var adder = new CurvatureSum(rows, size, numbers);
        adder.IsDense.ShouldBe(filled > 0.3);
        for (int start = 0; start < numbers.Length; start += CurvatureSum.AtOnce)
        {
            int end = Math.Min(numbers.Length, start + CurvatureSum.AtOnce);
            adder.Add(numbers.AsSpan(start..end), curvatures.AsSpan(start..end), sum);
        }

        for (int row = 0; row < numbers.Length; row++)
        {
            ReadOnlySpan<int> places = rows.Places(numbers[row]);
            ReadOnlySpan<float> values = rows.Values(numbers[row]);
            for (int i = 0; i < places.Length; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    expected[(places[i] * size) + places[j]] += curvatures[row] * values[i] * values[j];
                }
            }
        }

        sum.ShouldBe(expected);
    }
}
