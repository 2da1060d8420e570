using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>Parts the rows of a node by its question, keeping their order on both sides.</summary>
internal sealed class RowPartition(BinnedTable table, ThreadCrew crew)
{
    private readonly int[] _lefts = GC.AllocateUninitializedArray<int>(table.RowCount);
    private readonly int[] _rights = GC.AllocateUninitializedArray<int>(table.RowCount);
    private readonly int[] _counts = new int[RowChunks.Count(table.RowCount)];
    private readonly int[] _before = new int[RowChunks.Count(table.RowCount) + 1];

    /// <summary>Moves the rows of <c>[start, end)</c> that go left to the front; returns where the right side starts.</summary>
    public int Part(int[] rows, int start, int end, in SplitCandidate split)
    {
        byte[] goesLeft = GoesLeft(split, table.Columns[split.Column].MissingBin);
        int column = split.Column;
        int chunks = RowChunks.Count(end - start);
        if (chunks <= 1)
        {
            int count = PartChunk(rows, rows, _rights, start, end, table.Column(column), goesLeft);
            Array.Copy(_rights, start, rows, start + count, end - start - count);
            return start + count;
        }

        RowChunks.Run(
            crew,
            end - start,
            (chunk, from, to) => _counts[chunk] = PartChunk(rows, _lefts, _rights, start + from, start + to, table.Column(column), goesLeft));
        _before[0] = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            _before[chunk + 1] = _before[chunk] + _counts[chunk];
        }

        // Each chunk has its rows at its own place aside; back among the rows every place is known, so all can move at once.
        int middle = start + _before[chunks];
        RowChunks.Run(crew, end - start, (chunk, from, to) =>
        {
            Array.Copy(_lefts, start + from, rows, start + _before[chunk], _counts[chunk]);
            Array.Copy(_rights, start + from, rows, middle + from - _before[chunk], to - from - _counts[chunk]);
        });
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

    /// <summary>Puts the rows of a chunk to the left and to the right, each side from the chunk's start on; returns how many go left.</summary>
    private static int PartChunk(int[] rows, int[] lefts, int[] rights, int start, int end, ReadOnlySpan<byte> bins, byte[] goesLeft)
    {
        // Every row is written to both sides and only one side moves on: a branch would be guessed wrong half of the time.
        ref int from = ref MemoryMarshal.GetArrayDataReference(rows);
        ref int toLeft = ref MemoryMarshal.GetArrayDataReference(lefts);
        ref int toRight = ref MemoryMarshal.GetArrayDataReference(rights);
        ref byte bin = ref MemoryMarshal.GetReference(bins);
        ref byte goes = ref MemoryMarshal.GetArrayDataReference(goesLeft);
        nint left = start;
        nint right = start;
        for (nint i = start; i < end; i++)
        {
            int row = Unsafe.Add(ref from, i);
            nint isLeft = Unsafe.Add(ref goes, Unsafe.Add(ref bin, row));
            Unsafe.Add(ref toLeft, left) = row;
            Unsafe.Add(ref toRight, right) = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        return (int)left - start;
    }
}
