using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>Parts the rows of a node by its question, keeping their order on both sides.</summary>
internal sealed class RowPartition(BinnedTable table)
{
    private readonly int[] _aside = GC.AllocateUninitializedArray<int>(table.RowCount);

    /// <summary>Moves the rows of <c>[start, end)</c> that go left to the front; returns where the right side starts.</summary>
    public int Part(int[] rows, int start, int end, in SplitCandidate split)
    {
        byte[] goesLeft = GoesLeft(split, table.Columns[split.Column].MissingBin);
        int column = split.Column;
        int[] lefts = new int[RowChunks.Count(end - start)];
        RowChunks.Run(
            end - start,
            (chunk, from, to) => lefts[chunk] = PartChunk(rows, _aside, start + from, start + to, table.Column(column), goesLeft));

        // Each chunk has its left rows at its own start, and its right ones at the same place aside.
        int middle = start + lefts[0];
        for (int chunk = 1; chunk < lefts.Length; chunk++)
        {
            Array.Copy(rows, start + (chunk * RowChunks.Length), rows, middle, lefts[chunk]);
            middle += lefts[chunk];
        }

        int right = middle;
        for (int chunk = 0; chunk < lefts.Length; chunk++)
        {
            int from = start + (chunk * RowChunks.Length);
            int count = Math.Min(RowChunks.Length, end - from) - lefts[chunk];
            Array.Copy(_aside, from, rows, right, count);
            right += count;
        }

        return middle;
    }

    /// <summary>1 for the bins that go left, 0 for others.</summary>
    private static byte[] GoesLeft(in SplitCandidate split, int missingBin)
    {
        var goesLeft = new byte[ColumnBins.MaxBins + 1];
        for (int bin = 0; bin <= missingBin; bin++)
        {
            goesLeft[bin] = split.GoesLeft(bin, missingBin) ? (byte)1 : (byte)0;
        }

        return goesLeft;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int PartChunk(int[] rows, int[] aside, int start, int end, ReadOnlySpan<byte> bins, byte[] goesLeft)
    {
        // Every row is written to both sides and only one side moves on: a branch would be guessed wrong half of the time.
        ref int to = ref MemoryMarshal.GetArrayDataReference(rows);
        ref int apart = ref MemoryMarshal.GetArrayDataReference(aside);
        ref byte bin = ref MemoryMarshal.GetReference(bins);
        ref byte goes = ref MemoryMarshal.GetArrayDataReference(goesLeft);
        nint left = start;
        nint right = start;
        for (nint i = start; i < end; i++)
        {
            int row = Unsafe.Add(ref to, i);
            nint isLeft = Unsafe.Add(ref goes, Unsafe.Add(ref bin, row));
            Unsafe.Add(ref to, left) = row;
            Unsafe.Add(ref apart, right) = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        return (int)left - start;
    }
}
