using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Logistic;

/// <summary>Factors symmetric positive definite matrices as <c>L L'</c>, and solves and inverts by the factor.</summary>
/// <remarks>Matrices are row-major, size × size. Sums run in a fixed order, so that every machine gets the same bits.</remarks>
internal static class Cholesky
{
    /// <summary>How many products each of a sum's two halves takes at once.</summary>
    public const int Half = 4;

    /// <summary>How many products a sum takes at once.</summary>
    public const int Step = 2 * Half;

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

    /// <summary>The sum of products of two equally long rows.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int whole = a.Length - (a.Length % Step);
        return Rest(OneDot(a[..whole], b), a[whole..], b[whole..]);
    }

    /// <summary>The products of a row, as long as some steps, with rows that lie one below the other: each has the bits of <see cref="Dot"/>.</summary>
    private static void Dots(ReadOnlySpan<double> row, ReadOnlySpan<double> matrix, int first, int size, Span<double> sums)
    {
        int at = 0;
        for (; at + 4 <= sums.Length; at += 4)
        {
            FourDots(row, matrix, first + (at * size), size, sums[at..]);
        }

        for (; at < sums.Length; at++)
        {
            sums[at] = OneDot(row, matrix[(first + (at * size))..]);
        }
    }

    private static double OneDot(ReadOnlySpan<double> row, ReadOnlySpan<double> other)
    {
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        for (int i = 0; i < row.Length; i += Step)
        {
            even += Vector256.Create(row[i..]) * Vector256.Create(other[i..]);
            odd += Vector256.Create(row[(i + Half)..]) * Vector256.Create(other[(i + Half)..]);
        }

        return Vector256.Sum(even + odd);
    }

    /// <summary>Four at once, so that the row is read once for all and the additions need not wait for one another.</summary>
    private static void FourDots(ReadOnlySpan<double> row, ReadOnlySpan<double> matrix, int first, int size, Span<double> sums)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double a = ref MemoryMarshal.GetReference(matrix.Slice(first, row.Length));
        ref double b = ref MemoryMarshal.GetReference(matrix.Slice(first + size, row.Length));
        ref double c = ref MemoryMarshal.GetReference(matrix.Slice(first + (2 * size), row.Length));
        ref double d = ref MemoryMarshal.GetReference(matrix.Slice(first + (3 * size), row.Length));
        Vector256<double> evenA = Vector256<double>.Zero;
        Vector256<double> evenB = evenA;
        Vector256<double> evenC = evenA;
        Vector256<double> evenD = evenA;
        Vector256<double> oddA = evenA;
        Vector256<double> oddB = evenA;
        Vector256<double> oddC = evenA;
        Vector256<double> oddD = evenA;
        for (nuint i = 0; i < (nuint)row.Length; i += Step)
        {
            Vector256<double> even = Vector256.LoadUnsafe(ref x, i);
            Vector256<double> odd = Vector256.LoadUnsafe(ref x, i + Half);
            evenA += even * Vector256.LoadUnsafe(ref a, i);
            oddA += odd * Vector256.LoadUnsafe(ref a, i + Half);
            evenB += even * Vector256.LoadUnsafe(ref b, i);
            oddB += odd * Vector256.LoadUnsafe(ref b, i + Half);
            evenC += even * Vector256.LoadUnsafe(ref c, i);
            oddC += odd * Vector256.LoadUnsafe(ref c, i + Half);
            evenD += even * Vector256.LoadUnsafe(ref d, i);
            oddD += odd * Vector256.LoadUnsafe(ref d, i + Half);
        }

        sums[0] = Vector256.Sum(evenA + oddA);
        sums[1] = Vector256.Sum(evenB + oddB);
        sums[2] = Vector256.Sum(evenC + oddC);
        sums[3] = Vector256.Sum(evenD + oddD);
    }

    /// <summary>Adds the products that no whole step takes.</summary>
    public static double Rest(double sum, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
