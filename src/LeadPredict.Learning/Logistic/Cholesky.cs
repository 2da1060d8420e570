using static LeadPredict.Learning.Logistic.OrderedSums;

namespace LeadPredict.Learning.Logistic;

/// <summary>Factors symmetric positive definite matrices as <c>L L'</c>, and solves and inverts by the factor.</summary>
/// <remarks>Matrices are row-major, size × size. Sums run in a fixed order, so that every machine gets the same bits.</remarks>
internal static class Cholesky
{
    /// <summary>Solves <c>matrix x = right</c>.</summary>
    /// <param name="matrix">The lower triangle is read and overwritten by the factor.</param>
    /// <param name="right">Overwritten by the solution.</param>
    public static void Solve(double[] matrix, double[] right)
    {
        Factor(matrix, right.Length);
        SolveFactored(matrix, right);
    }

    /// <summary>Overwrites the lower triangle by the factor.</summary>
    public static void Factor(double[] matrix, int size)
    {
        // Column by column of blocks as wide as the step of a dot product: what comes before a block is multiplied for several of its columns at once.
        Span<double> sums = stackalloc double[Step];
        for (int block = 0; block < size; block += Step)
        {
            for (int i = block; i < size; i++)
            {
                Span<double> row = matrix.AsSpan(i * size, i + 1);
                int end = Math.Min(i, block + Step);
                Dots(row[..block], matrix, block * size, size, sums[..(end - block)]);
                for (int j = block; j < end; j++)
                {
                    ReadOnlySpan<double> other = matrix.AsSpan(j * size, j + 1);
                    row[j] = (row[j] - Rest(sums[j - block], row[block..j], other[block..j])) / other[j];
                }

                if (i < block + Step)
                {
                    // A direction without curvature is left where it is rather than sent to infinity.
                    row[i] = Math.Sqrt(Math.Max(row[i] - Dot(row[..i], row[..i]), 1e-9));
                }
            }
        }
    }

    /// <summary>Solves by a factor; <paramref name="right"/> is overwritten by the solution.</summary>
    public static void SolveFactored(double[] factor, double[] right)
    {
        int size = right.Length;
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<double> row = factor.AsSpan(i * size, i + 1);
            right[i] = (right[i] - Dot(row[..i], right.AsSpan(0, i))) / row[i];
        }

        for (int i = size - 1; i >= 0; i--)
        {
            right[i] /= factor[(i * size) + i];
            for (int j = 0; j < i; j++)
            {
                right[j] -= factor[(i * size) + j] * right[i];
            }
        }
    }

    /// <summary>
    /// Row a of the result is column a of <c>L⁻¹</c>, so that element (a, b) of the matrix's inverse is the product of rows a and b.
    /// </summary>
    public static double[] InverseFactor(double[] factor, int size)
    {
        var inverse = new double[size * size];
        Span<double> sums = stackalloc double[Step];
        for (int a = 0; a < size; a++)
        {
            Span<double> column = inverse.AsSpan(a * size, size);
            column[a] = 1 / factor[(a * size) + a];
            for (int block = a; block < size; block += Step)
            {
                int end = Math.Min(size, block + Step);
                Dots(column[a..block], factor, (block * size) + a, size, sums[..(end - block)]);
                for (int i = Math.Max(block, a + 1); i < end; i++)
                {
                    double sum = Rest(sums[i - block], factor.AsSpan((i * size) + block, i - block), column[block..i]);
                    column[i] = -sum / factor[(i * size) + i];
                }
            }
        }

        return inverse;
    }
}
