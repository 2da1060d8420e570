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

    /// <summary>Adds rows to the bins of all columns of a block.</summary>
    /// <param name="block">The bins by row.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="offsets">Where the bins of each column of the block start.</param>
    /// <param name="histogram">Added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddAll(
        ColumnBlock block, ReadOnlySpan<int> rows, AlignedArray<BinSum> derivatives, ReadOnlySpan<int> offsets, AlignedArray<BinSum> histogram)
    {
        byte* bins = block.Bins.Pointer;
        BinSum* derivative = derivatives.Pointer;
        nint stride = block.Stride;
        nint count = offsets.Length;
        nint fours = count & ~3;
        byte** starts = stackalloc byte*[offsets.Length];
        for (int column = 0; column < offsets.Length; column++)
        {
            starts[column] = (byte*)(histogram.Pointer + offsets[column]);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            if (Sse.IsSupported && i + Ahead < rows.Length)
            {
                nint later = rows[i + Ahead];
                Sse.Prefetch0(derivative + later);
                Sse.Prefetch0(bins + (later * stride));
            }

            nint row = rows[i];
            Vector128<long> sum = Vector128.Load((long*)(derivative + row));
            byte* bin = bins + (row * stride);
            nint column = 0;
            for (; column < fours; column += 4)
            {
                Add(starts[column], bin[column], sum);
                Add(starts[column + 1], bin[column + 1], sum);
                Add(starts[column + 2], bin[column + 2], sum);
                Add(starts[column + 3], bin[column + 3], sum);
            }

            for (; column < count; column++)
            {
                Add(starts[column], bin[column], sum);
            }
        }

        GC.KeepAlive(block);
        GC.KeepAlive(derivatives);
        GC.KeepAlive(histogram);
    }

    /// <summary>Adds rows to the bins of some columns of a block.</summary>
    /// <param name="block">The bins by row.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="places">The columns, counted from the block's first.</param>
    /// <param name="offsets">Where the bins of each column of the block start.</param>
    /// <param name="histogram">Added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddSome(
        ColumnBlock block,
        ReadOnlySpan<int> rows,
        AlignedArray<BinSum> derivatives,
        ReadOnlySpan<int> places,
        ReadOnlySpan<int> offsets,
        AlignedArray<BinSum> histogram)
    {
        byte* bins = block.Bins.Pointer;
        BinSum* derivative = derivatives.Pointer;
        byte* start = (byte*)histogram.Pointer;
        foreach (int row in rows)
        {
            Vector128<long> sum = Vector128.Load((long*)(derivative + row));
            byte* bin = bins + ((nint)row * block.Stride);
            foreach (int place in places)
            {
                Add(start + ((nint)offsets[place] * sizeof(BinSum)), bin[place], sum);
            }
        }

        GC.KeepAlive(block);
        GC.KeepAlive(derivatives);
        GC.KeepAlive(histogram);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* start, byte bin, Vector128<long> sum)
    {
        long* at = (long*)(start + ((nuint)bin * (nuint)sizeof(BinSum)));
        (Vector128.Load(at) + sum).Store(at);
    }
}
