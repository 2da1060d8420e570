using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>The innermost loops of learning. They read and write without checks of bounds: bins come from the table that made the histogram.</summary>
internal static unsafe class HistogramKernel
{
    /// <summary>The rows of a node lie far apart; each is fetched while so many before it are added.</summary>
    private const int Ahead = 12;

    /// <summary>From the sums of one bundle to those of the next.</summary>
    private const int BundleBytes = ColumnBundle.MostJointBins * 16;

    /// <summary>Adds rows to the joint bins of all bundles of a block.</summary>
    /// <param name="block">The bins by row.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="scale">Of the derivatives.</param>
    /// <param name="histogram">Of all bundles; added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddAll(
        ColumnBlock block, ReadOnlySpan<int> rows, AlignedArray<RowDerivatives> derivatives, in SumScale scale, AlignedArray<BinSum> histogram)
    {
        byte* bins = block.Bins.Pointer;
        RowDerivatives* derivative = derivatives.Pointer;
        nint stride = block.Stride;
        nint count = block.Bundles.Length;
        nint fours = count & ~3;
        Vector128<long> one = Vector128.Create(0, 1L << scale.CountShift);
        byte* first = (byte*)(histogram.Pointer + block.Bundles[0].Offset);

        for (int i = 0; i < rows.Length; i++)
        {
            if (Sse.IsSupported && i + Ahead < rows.Length)
            {
                nint later = rows[i + Ahead];
                Sse.Prefetch0(derivative + later);
                Sse.Prefetch0(bins + (later * stride));
            }

            nint row = rows[i];
            Vector128<long> sum = Row(derivative + row, one);
            byte* bin = bins + (row * stride);
            byte* start = first;
            nint place = 0;
            for (; place < fours; place += 4, start += 4 * BundleBytes)
            {
                Add(start, bin[place], sum);
                Add(start + BundleBytes, bin[place + 1], sum);
                Add(start + (2 * BundleBytes), bin[place + 2], sum);
                Add(start + (3 * BundleBytes), bin[place + 3], sum);
            }

            for (; place < count; place++, start += BundleBytes)
            {
                Add(start, bin[place], sum);
            }
        }

        GC.KeepAlive(block);
        GC.KeepAlive(derivatives);
        GC.KeepAlive(histogram);
    }

    /// <summary>Adds rows to the joint bins of some bundles of a block.</summary>
    /// <param name="block">The bins by row.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="scale">Of the derivatives.</param>
    /// <param name="places">The bundles, by their place in the block.</param>
    /// <param name="histogram">Of all bundles; added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddSome(
        ColumnBlock block,
        ReadOnlySpan<int> rows,
        AlignedArray<RowDerivatives> derivatives,
        in SumScale scale,
        ReadOnlySpan<int> places,
        AlignedArray<BinSum> histogram)
    {
        byte* bins = block.Bins.Pointer;
        RowDerivatives* derivative = derivatives.Pointer;
        byte* start = (byte*)histogram.Pointer;
        Vector128<long> one = Vector128.Create(0, 1L << scale.CountShift);
        foreach (int row in rows)
        {
            Vector128<long> sum = Row(derivative + row, one);
            byte* bin = bins + ((nint)row * block.Stride);
            foreach (int place in places)
            {
                Add(start + ((nint)block.Bundles[place].Offset * sizeof(BinSum)), bin[place], sum);
            }
        }

        GC.KeepAlive(block);
        GC.KeepAlive(derivatives);
        GC.KeepAlive(histogram);
    }

    /// <summary>What a row adds to its bins: its derivatives, and 1 to the count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Row(RowDerivatives* row, Vector128<long> one) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)row).AsInt32()) + one;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* start, byte bin, Vector128<long> sum)
    {
        long* at = (long*)(start + ((nuint)bin * (nuint)sizeof(BinSum)));
        (Vector128.Load(at) + sum).Store(at);
    }
}
