using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>The innermost loops of learning. They read and write without checks of bounds: bins come from the table that made the histogram.</summary>
internal static unsafe class HistogramKernel
{
    /// <summary>The rows of a node lie far apart; each is fetched while so many before it are added.</summary>
    private const int Ahead = 12;

    /// <summary>From the sums of one bundle to those of the next.</summary>
    private const int Next = ColumnBundle.MostJointBins;

    /// <summary>Adds rows to the joint bins of all bundles of a block.</summary>
    /// <param name="block">The bins by row.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="histogram">Packed sums of all bundles; added to.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddAll(
        ColumnBlock block, ReadOnlySpan<int> rows, AlignedArray<RowDerivatives> derivatives, AlignedArray<long> histogram)
    {
        byte* bins = block.Bins.Pointer;
        long* derivative = (long*)derivatives.Pointer;
        nint stride = block.Stride;
        nint count = block.Bundles.Length;
        nint fours = count & ~3;
        long* first = histogram.Pointer + block.Bundles[0].Offset;

        for (int i = 0; i < rows.Length; i++)
        {
            if (Sse.IsSupported && i + Ahead < rows.Length)
            {
                nint later = rows[i + Ahead];
                Sse.Prefetch0(derivative + later);
                Sse.Prefetch0(bins + (later * stride));
            }

            nint row = rows[i];
            long sum = derivative[row];
            byte* bin = bins + (row * stride);
            long* start = first;
            nint place = 0;
            for (; place < fours; place += 4, start += 4 * Next)
            {
                Add(start, bin[place], sum);
                Add(start + Next, bin[place + 1], sum);
                Add(start + (2 * Next), bin[place + 2], sum);
                Add(start + (3 * Next), bin[place + 3], sum);
            }

            for (; place < count; place++, start += Next)
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
    /// <param name="places">The bundles, by their place in the block.</param>
    /// <param name="histogram">Packed sums of all bundles; added to.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddSome(
        ColumnBlock block,
        ReadOnlySpan<int> rows,
        AlignedArray<RowDerivatives> derivatives,
        ReadOnlySpan<int> places,
        AlignedArray<long> histogram)
    {
        byte* bins = block.Bins.Pointer;
        long* derivative = (long*)derivatives.Pointer;
        long* first = histogram.Pointer + block.Bundles[0].Offset;
        foreach (int row in rows)
        {
            long sum = derivative[row];
            byte* bin = bins + ((nint)row * block.Stride);
            foreach (int place in places)
            {
                first[((nint)place * Next) + bin[place]] += sum;
            }
        }

        GC.KeepAlive(block);
        GC.KeepAlive(derivatives);
        GC.KeepAlive(histogram);
    }

    /// <summary>Written so that it becomes one instruction with the whole address in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(long* start, nuint bin, long sum) =>
        *(long*)((byte*)start + (bin * sizeof(long))) = *(long*)((byte*)start + (bin * sizeof(long))) + sum;
}
