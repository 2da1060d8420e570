namespace LeadPredict.Learning.Logistic;

/// <summary>Solves symmetric positive definite equations by Cholesky factors.</summary>
internal static class Cholesky
{
    /// <summary>Solves <c>matrix x = right</c>.</summary>
    /// <param name="matrix">Row-major, size × size; the lower triangle is read and overwritten.</param>
    /// <param name="right">Overwritten by the solution.</param>
    public static void Solve(double[] matrix, double[] right)
    {
        int size = right.Length;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = matrix.AsSpan(j * size, j + 1);
                row[j] = (row[j] - Dot(row, other, j)) / other[j];
            }

            // A direction without curvature is left where it is rather than sent to infinity.
            double pivot = row[i] - Dot(row, row, i);
            row[i] = Math.Sqrt(Math.Max(pivot, 1e-9));
        }

        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<double> row = matrix.AsSpan(i * size, i + 1);
            right[i] = (right[i] - Dot(row, right, i)) / row[i];
        }

        for (int i = size - 1; i >= 0; i--)
        {
            right[i] /= matrix[(i * size) + i];
            for (int j = 0; j < i; j++)
            {
                right[j] -= matrix[(i * size) + j] * right[i];
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int count)
    {
        // Four sums in a fixed order: faster, and the same on every machine.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < count; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < count; i++)
        {
            s0 += a[i] * b[i];
        }

        return s0 + s1 + (s2 + s3);
    }
}
