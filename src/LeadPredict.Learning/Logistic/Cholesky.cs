using System.Runtime.Intrinsics;

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
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = matrix.AsSpan(j * size, j + 1);
                row[j] = (row[j] - Dot(row[..j], other[..j])) / other[j];
            }

            // A direction without curvature is left where it is rather than sent to infinity.
            double pivot = row[i] - Dot(row[..i], row[..i]);
            row[i] = Math.Sqrt(Math.Max(pivot, 1e-9));
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
        for (int a = 0; a < size; a++)
        {
            Span<double> column = inverse.AsSpan(a * size, size);
            column[a] = 1 / factor[(a * size) + a];
            for (int i = a + 1; i < size; i++)
            {
                column[i] = -Dot(factor.AsSpan((i * size) + a, i - a), column[a..i]) / factor[(i * size) + i];
            }
        }

        return inverse;
    }

    /// <summary>The sum of products of two equally long rows.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
        {
            even += Vector256.Create(a.Slice(i, 4)) * Vector256.Create(b.Slice(i, 4));
            odd += Vector256.Create(a.Slice(i + 4, 4)) * Vector256.Create(b.Slice(i + 4, 4));
        }

        double sum = Vector256.Sum(even + odd);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
