using LeadPredict.Learning.Logistic;

namespace LeadPredict.Learning.Tests.Logistic;

/// <summary>The blocked forms against the sums written down one by one: the same bits, whatever the size leaves over.</summary>
public sealed class CholeskyTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 7, 8, 9, 12, 15, 16, 17, 31, 40, 67];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Factor_AnySize_HasTheBitsOfTheObviousWay(int size)
    {
        double[] matrix = Positive(size);
        double[] expected = [.. matrix];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                At(expected, size, i, j) = (At(expected, size, i, j) - Dot(expected, i * size, j * size, j)) / At(expected, size, j, j);
            }

            At(expected, size, i, i) = Math.Sqrt(At(expected, size, i, i) - Dot(expected, i * size, i * size, i));
        }

        Cholesky.Factor(matrix, size);
        Lower(matrix, size).ShouldBe(Lower(expected, size));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void InverseFactor_AnySize_HasTheBitsOfTheObviousWay(int size)
    {
        double[] factor = Positive(size);
        Cholesky.Factor(factor, size);
        var expected = new double[size * size];
        for (int a = 0; a < size; a++)
        {
            At(expected, size, a, a) = 1 / At(factor, size, a, a);
            for (int i = a + 1; i < size; i++)
            {
                double sum = Dot([.. factor, .. expected], (i * size) + a, factor.Length + (a * size) + a, i - a);
                At(expected, size, a, i) = -sum / At(factor, size, i, i);
            }
        }

        Cholesky.InverseFactor(factor, size).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Dot_AnyLength_HasTheBitsOfTheObviousWay(int size)
    {
        double[] both = Positive(size);
        OrderedSums.Dot(both.AsSpan(0, size), both.AsSpan((size - 1) * size, size)).ShouldBe(Dot(both, 0, (size - 1) * size, size));
    }

    /// <summary>Eight sums side by side, of every eighth product each, and then what is left over.</summary>
    private static double Dot(double[] numbers, int a, int b, int length)
    {
        var lanes = new double[8];
        int whole = length - (length % 8);
        for (int i = 0; i < whole; i++)
        {
            lanes[i % 8] += numbers[a + i] * numbers[b + i];
        }

        double[] pairs = [.. Enumerable.Range(0, 4).Select(lane => lanes[lane] + lanes[lane + 4])];
        double sum = pairs[0] + pairs[1] + (pairs[2] + pairs[3]);
        for (int i = whole; i < length; i++)
        {
            sum += numbers[a + i] * numbers[b + i];
        }

        return sum;
    }

    private static ref double At(double[] matrix, int size, int row, int column) => ref matrix[(row * size) + column];

    private static double[] Lower(double[] matrix, int size) =>
        [.. Enumerable.Range(0, size).SelectMany(row => matrix[(row * size)..((row * size) + row + 1)])];

    private static double[] Positive(int size)
    {
        var random = new Random(size);
        double[][] rows = [.. Enumerable.Range(0, size + 3).Select(_ => Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.5).ToArray())];
        return [.. Enumerable.Range(0, size).SelectMany(
            i => Enumerable.Range(0, size).Select(j => rows.Sum(row => row[i] * row[j]) + (i == j ? 0.1 : 0)))];
    }
}
