using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>First and second derivatives of the weighted logistic loss by the score, eight rows at a time in 32-bit floats.</summary>
/// <remarks>Only operations that every processor rounds alike: the same rows give the same trees on all of them.</remarks>
internal static unsafe class LogisticDerivatives
{
    private const int Lanes = 8;

    /// <summary>Beyond this a float has no better probability than 0 or 1, and exp stays finite.</summary>
    private const float Farthest = 80;

    /// <summary>Fills in the rows from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <param name="scores">By row.</param>
    /// <param name="signed">By row.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="scale">From <see cref="LogisticLoss.Scale"/>.</param>
    /// <param name="derivatives">By row; overwritten between start and end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Fill(
        double[] scores, SignedWeights signed, int start, int end, in SumScale scale, AlignedArray<RowDerivatives> derivatives)
    {
        Vector256<float> toGradient = Vector256.Create((float)scale.ToGradient);
        Vector256<float> toHessian = Vector256.Create((float)scale.ToHessian);
        RowDerivatives* to = derivatives.Pointer;
        ReadOnlySpan<float> weights = signed.Values;
        int row = start;
        fixed (double* score = scores)
        fixed (float* weight = weights)
        {
            for (; row + Lanes <= end; row += Lanes)
            {
                Vector256<float> raw = Vector256.Narrow(Vector256.Load(score + row), Vector256.Load(score + row + 4));
                Store(raw, Vector256.Load(weight + row), toGradient, toHessian, to + row, Lanes);
            }
        }

        if (row < end)
        {
            Span<float> raw = stackalloc float[Lanes];
            Span<float> last = stackalloc float[Lanes];
            last.Clear();
            raw.Clear();
            for (int i = 0; row + i < end; i++)
            {
                raw[i] = (float)scores[row + i];
                last[i] = weights[row + i];
            }

            Store(Vector256.Create<float>(raw), Vector256.Create<float>(last), toGradient, toHessian, to + row, end - row);
        }

        GC.KeepAlive(derivatives);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<float> raw,
        Vector256<float> signed,
        Vector256<float> toGradient,
        Vector256<float> toHessian,
        RowDerivatives* to,
        int count)
    {
        // p and 1 - p each on its own, so that neither loses digits near 1.
        Vector256<float> odds = Exp(-raw);
        Vector256<float> p = Vector256<float>.One / (Vector256<float>.One + odds);
        Vector256<float> q = odds * p;
        Vector256<float> weight = Vector256.Abs(signed);
        Vector256<float> miss = Vector256.ConditionalSelect(Vector256.LessThan(signed, Vector256<float>.Zero), -q, p);
        Vector256<int> gradient = Vector256.ConvertToInt32(Vector256.Round(miss * weight * toGradient));
        Vector256<int> hessian = Vector256.ConvertToInt32(Vector256.Round(p * q * weight * toHessian));
        if (count == Lanes)
        {
            // The gradients stand in the lower halves of 64 bits, the hessians in the upper ones.
            Vector256<long> low = (Vector256.WidenLower(gradient) & Vector256.Create(0xFFFF_FFFFL)) | (Vector256.WidenLower(hessian) << 32);
            Vector256<long> high = (Vector256.WidenUpper(gradient) & Vector256.Create(0xFFFF_FFFFL)) | (Vector256.WidenUpper(hessian) << 32);
            low.Store((long*)to);
            high.Store((long*)(to + 4));
            return;
        }

        for (int i = 0; i < count; i++)
        {
            to[i] = new RowDerivatives(gradient[i], hessian[i]);
        }
    }

    /// <summary>e to the power of x, to within 2 units of the last place: 2^n times a polynomial (Moshier, Cephes library, expf).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-Farthest)), Vector256.Create(Farthest));
        Vector256<float> n = Vector256.Round(x * Vector256.Create(1.44269504088896341f));
        x -= n * Vector256.Create(0.693359375f);
        x -= n * Vector256.Create(-2.12194440e-4f);
        Vector256<float> y = Vector256.Create(1.9875691500e-4f);
        y = (y * x) + Vector256.Create(1.3981999507e-3f);
        y = (y * x) + Vector256.Create(8.3334519073e-3f);
        y = (y * x) + Vector256.Create(4.1665795894e-2f);
        y = (y * x) + Vector256.Create(1.6666665459e-1f);
        y = (y * x) + Vector256.Create(5.0000001201e-1f);
        y = (y * x * x) + x + Vector256<float>.One;
        Vector256<int> power = (Vector256.ConvertToInt32(n) + Vector256.Create(127)) << 23;
        return y * power.AsSingle();
    }
}
