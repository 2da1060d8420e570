using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>
/// Scores without walking: for each column the class of its value names the leaves that the column's questions leave possible, as bits, in
/// sixteen trees of up to 32 leaves or eight of up to 64 at once; what all columns leave possible is one leaf a tree. QuickScorer (Lucchese et al., "QuickScorer: a fast algorithm
/// to rank documents with additive ensembles of regression trees", 2015) with the masks of each class multiplied out beforehand.
/// </summary>
/// <remarks>
/// Immutable and safe to use from many threads; scoring allocates nothing. Leaves are added up tree by tree, so the sum has the bits of a walk.
/// </remarks>
internal sealed class LeafMasks
{
    /// <summary>The words of 32 bits in a mask: one a tree, or two where trees have more than <see cref="FewLeaves"/> leaves.</summary>
    internal const int Words = 16;

    /// <summary>Most leaves of a tree that has one word.</summary>
    internal const int FewLeaves = 32;

    /// <summary>Most leaves of a tree that has two.</summary>
    internal const int MostLeaves = 64;

    /// <summary>Most columns asked about: the place of each lies on the stack while a row is scored.</summary>
    internal const int MostColumns = 1024;

    private readonly ValueClasses[] _columns;
    private readonly int[] _entryStarts;
    private readonly ushort[] _entries;
    private readonly AlignedArray<uint> _masks;
    private readonly int[] _maskStarts;
    private readonly double[] _leaves;
    private readonly int _trees;
    private readonly bool _wide;

    /// <param name="columns">The columns asked about.</param>
    /// <param name="entryStarts">Where the entries of each of those columns start; they lie by class, then by block.</param>
    /// <param name="entries">Which of the block's masks a class has.</param>
    /// <param name="masks"><see cref="Words"/> words each.</param>
    /// <param name="maskStarts">The first mask of each block.</param>
    /// <param name="leaves"><see cref="FewLeaves"/> values a tree, or <see cref="MostLeaves"/>.</param>
    /// <param name="trees">The number of trees.</param>
    /// <param name="wide">Whether trees have two words each.</param>
    internal LeafMasks(
        ValueClasses[] columns,
        int[] entryStarts,
        ushort[] entries,
        ReadOnlySpan<uint> masks,
        int[] maskStarts,
        double[] leaves,
        int trees,
        bool wide)
    {
        _wide = wide;
        _columns = columns;
        _entryStarts = entryStarts;
        _entries = entries;
        _masks = new AlignedArray<uint>(masks.Length);
        masks.CopyTo(_masks.Span);
        _maskStarts = maskStarts;
        _leaves = leaves;
        _trees = trees;
    }

    /// <summary>The sum of the leaves that a row reaches.</summary>
    /// <param name="row">One value a column of the model.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Score(ReadOnlySpan<float> row)
    {
        Span<int> places = stackalloc int[MostColumns];
        places = places[.._columns.Length];
        int blocks = _maskStarts.Length;
        for (int i = 0; i < places.Length; i++)
        {
            ValueClasses column = _columns[i];
            places[i] = _entryStarts[i] + (column.Of(row[column.Column]) * blocks);
        }

        ref ushort entry = ref MemoryMarshal.GetArrayDataReference(_entries);
        ref uint masks = ref MemoryMarshal.GetReference(_masks.Span);
        ref double leaf = ref MemoryMarshal.GetArrayDataReference(_leaves);
        Span<uint> left = stackalloc uint[Words];
        double sum = 0;
        for (int block = 0; block < blocks; block++)
        {
            ref uint first = ref Unsafe.Add(ref masks, _maskStarts[block] * Words);
            Vector512<uint> possible = Vector512<uint>.AllBitsSet;
            foreach (int place in places)
            {
                possible &= Vector512.LoadUnsafe(ref first, (nuint)Unsafe.Add(ref entry, place + block) * Words);
            }

            possible.CopyTo(left);
            if (_wide)
            {
                sum = AddWide(ref MemoryMarshal.GetReference(left), block * (Words / 2), ref leaf, sum);
                continue;
            }

            int tree = block * Words;
            int end = Math.Min(Words, _trees - tree);
            for (int lane = 0; lane < end; lane++)
            {
                sum += Unsafe.Add(ref leaf, ((tree + lane) * FewLeaves) + BitOperations.TrailingZeroCount(left[lane]));
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double AddWide(ref uint left, int tree, ref double leaf, double sum)
    {
        int end = Math.Min(Words / 2, _trees - tree);
        for (int lane = 0; lane < end; lane++)
        {
            ulong possible = Unsafe.Add(ref left, 2 * lane) | ((ulong)Unsafe.Add(ref left, (2 * lane) + 1) << 32);
            sum += Unsafe.Add(ref leaf, ((tree + lane) * MostLeaves) + BitOperations.TrailingZeroCount(possible));
        }

        return sum;
    }
}
