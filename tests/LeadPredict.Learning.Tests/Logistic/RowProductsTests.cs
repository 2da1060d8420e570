using LeadPredict.Learning.Logistic;

namespace LeadPredict.Learning.Tests.Logistic;

/// <summary>Piece by piece has the bits of row by row, whatever counts and lengths leave over.</summary>
public sealed class RowProductsTests
{
    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            foreach (int count in new[] { 1, 4, 5, 31, 32, 33, 70 })
            {
                foreach (int size in new[] { 1, 7, 8, 9, 255, 256, 263, 520, 1031 })
                {
                    sizes.Add(count, size);
                }
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void LowerTriangle_AnySize_HasTheBitsOfProductsOneByOne(int count, int size)
    {
        (double[] rows, double[] others) = (Draw(count * size, 1), Draw(count * size, 2));
        var products = new double[count * count];

        RowProducts.LowerTriangle(rows, others, count, size, products);

        for (int row = 0; row < count; row++)
        {
            for (int other = 0; other < count; other++)
            {
                products[(row * count) + other].ShouldBe(other > row ? 0 : OrderedSums.Dot(rows.AsSpan(row * size, size), others.AsSpan(other * size, size)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SolveLower_AnySize_HasTheBitsOfRowAfterRow(int count, int size)
    {
        (double[] factor, double[] rows) = (Draw(count * count, 3), Draw(count * size, 4));
        double[] expected = [.. rows];
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < size; i++)
            {
                for (int before = 0; before < row; before++)
                {
                    expected[(row * size) + i] += -factor[(row * count) + before] * expected[(before * size) + i];
                }

                expected[(row * size) + i] /= factor[(row * count) + row];
            }
        }

        RowProducts.SolveLower(factor, rows, count, size);

        rows.ShouldBe(expected);
    }

    private static double[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.5)];
    }
}
