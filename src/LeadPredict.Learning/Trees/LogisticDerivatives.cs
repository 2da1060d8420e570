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

    /// <summary>The golden ratio's part of 2^32: its multiples lie most evenly (Knuth, volume 3, 6.4).</summary>
    private const uint GradientDither = 0x9E37_79B9;

    /// <summary>The square root of 2's part of 2^32, so that the two roundings have nothing to do with one another.</summary>
    private const uint HessianDither = 0x6A09_E667;

    /// <summary>Fills in the rows from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <param name="scores">By row.</param>
    /// <param name="signed">By row.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="scale">From <see cref="LogisticLoss.Scale"/>.</param>
    /// <param name="derivatives">By row; overwritten between start and end.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(
        double[] scores, SignedWeights signed, int start, int end, in SumScale scale, AlignedArray<RowDerivatives> derivatives)
    {
        RowDerivatives* to = derivatives.Pointer;
        ReadOnlySpan<float> weights = signed.Values;
        int row = start;
        fixed (double* score = scores)
        fixed (float* weight = weights)
        {
            for (; row + Lanes <= end; row += Lanes)
            {
                Vector256<float> raw = Vector256.Narrow(Vector256.Load(score + row), Vector256.Load(score + row + 4));
                Store(raw, Vector256.Load(weight + row), scale, row, to + row, Lanes);
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

            Store(Vector256.Create<float>(raw), Vector256.Create<float>(last), scale, row, to + row, end - row);
        }

        GC.KeepAlive(derivatives);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<float> raw, Vector256<float> signed, in SumScale scale, int row, RowDerivatives* to, int count)
    {
        // p and 1 - p each on its own, so that neither loses digits near 1.
        Vector256<float> odds = Exp(-raw);
        Vector256<float> p = Vector256<float>.One / (Vector256<float>.One + odds);
        Vector256<float> q = odds * p;
        Vector256<float> weight = Vector256.Abs(signed);
        Vector256<float> miss = Vector256.ConditionalSelect(Vector256.LessThan(signed, Vector256<float>.Zero), -q, p);
        Vector256<uint> rows = Vector256.Create((uint)row) + Vector256<uint>.Indices;
        Vector256<int> gradient = RoundFairly(miss * weight * (float)scale.ToGradient, rows * GradientDither);
        Vector256<int> hessian = RoundFairly(p * q * weight * (float)scale.ToHessian, rows * HessianDither);
        Vector256<long> low = Pack(Vector256.WidenLower(gradient), Vector256.WidenLower(hessian), scale);
        Vector256<long> high = Pack(Vector256.WidenUpper(gradient), Vector256.WidenUpper(hessian), scale);
        if (count == Lanes)
        {
            low.Store((long*)to);
            high.Store((long*)(to + 4));
            return;
        }

        RowDerivatives* all = stackalloc RowDerivatives[Lanes];
        low.Store((long*)all);
        high.Store((long*)(all + 4));
        new ReadOnlySpan<RowDerivatives>(all, count).CopyTo(new Span<RowDerivatives>(to, count));
    }

    /// <summary>
    /// Rounds up with a chance as large as what is rounded off, so that sums of many rows keep what single rows lose; what stands for chance
    /// are the multiples of a number by the row's own, which lie evenly.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> RoundFairly(Vector256<float> number, Vector256<uint> even) =>
        Vector256.ConvertToInt32(Vector256.Floor(number + (Vector256.ConvertToSingle((even >> 8).AsInt32()) * Vector256.Create(1f / (1 << 24)))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Pack(Vector256<long> gradient, Vector256<long> hessian, in SumScale scale) =>
        (gradient << scale.PackedGradientShift) + (hessian << scale.PackedHessianShift) + Vector256<long>.One;

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
