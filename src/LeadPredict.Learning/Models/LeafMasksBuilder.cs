using System.Runtime.InteropServices;

namespace LeadPredict.Learning.Models;

/// <summary>Multiplies an ensemble's questions out to <see cref="LeafMasks"/>.</summary>
internal sealed class LeafMasksBuilder
{
    private const int MostMasks = 1 << 18;
    private const int MostEntries = 1 << 24;
    private readonly TreeEnsemble _trees;
    private readonly TreeArrays _arrays;
    private readonly ValueClasses[] _columns;
    private readonly ulong[] _below;
    private readonly double[] _leaves;
    private readonly int _blocks;
    private readonly bool _wide;
    private readonly int _lanes;
    private readonly int _leavesATree;

    private LeafMasksBuilder(TreeEnsemble trees, ValueClasses[] columns, bool wide)
    {
        _wide = wide;
        _lanes = wide ? LeafMasks.Words / 2 : LeafMasks.Words;
        _leavesATree = wide ? LeafMasks.MostLeaves : LeafMasks.FewLeaves;
        _trees = trees;
        _arrays = trees.Arrays;
        _columns = columns;
        _blocks = (trees.TreeCount + _lanes - 1) / _lanes;
        _below = new ulong[_arrays.Feature.Length];
        _leaves = new double[trees.TreeCount * _leavesATree];
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            NumberLeaves(tree);
        }
    }

    /// <summary>The masks, or null for an ensemble that is walked instead: trees of more than 64 leaves, or more masks than a cache holds.</summary>
    public static LeafMasks? Build(TreeEnsemble trees)
    {
        TreeArrays arrays = trees.Arrays;
        bool wide = false;
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            // A tree of n leaves has 2 n - 1 nodes.
            int nodes = arrays.TreeStarts[tree + 1] - arrays.TreeStarts[tree];
            if (nodes > (2 * LeafMasks.MostLeaves) - 1)
            {
                return null;
            }

            wide |= nodes > (2 * LeafMasks.FewLeaves) - 1;
        }

        ValueClasses[]? columns = ValueClasses.AskedBy(arrays);
        return columns is null || columns.Length > LeafMasks.MostColumns ? null : new LeafMasksBuilder(trees, columns, wide).Build();
    }

    private LeafMasks? Build()
    {
        if (_columns.Sum(column => (long)column.Count) * _blocks > MostEntries)
        {
            return null;
        }

        int[] starts = new int[_columns.Length];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1] + (_columns[i - 1].Count * _blocks);
        }

        var entries = new ushort[_columns.Length == 0 ? 0 : starts[^1] + (_columns[^1].Count * _blocks)];
        var maskStarts = new int[_blocks];
        var masks = new List<uint>();
        for (int block = 0; block < _blocks; block++)
        {
            maskStarts[block] = masks.Count / LeafMasks.Words;
            if (!AddBlock(block, starts, entries, masks) || masks.Count > MostMasks * LeafMasks.Words)
            {
                return null;
            }
        }

        return new LeafMasks(_columns, starts, entries, CollectionsMarshal.AsSpan(masks), maskStarts, _leaves, _trees.TreeCount, _wide);
    }

    /// <summary>Adds the masks of the trees of a block; false when there are more than an entry can name.</summary>
    private bool AddBlock(int block, int[] starts, ushort[] entries, List<uint> masks)
    {
        int first = masks.Count;
        List<int>[] nodes = Nodes(block);
        int firstTree = block * _lanes;
        var mask = new uint[LeafMasks.Words];
        var row = new float[_columns.Length == 0 ? 0 : _columns[^1].Column + 1];
        for (int i = 0; i < _columns.Length; i++)
        {
            ValueClasses column = _columns[i];
            int last = -1;
            for (int index = 0; index < column.Count; index++)
            {
                row[column.Column] = column.Example(index);
                Leave(mask, nodes[i], firstTree, row);

                // Neighbouring classes that no tree of the block tells apart share a mask.
                if (last < 0 || !CollectionsMarshal.AsSpan(masks)[last..].SequenceEqual(mask))
                {
                    last = masks.Count;
                    masks.AddRange(mask);
                }

                int entry = (last - first) / LeafMasks.Words;
                if (entry > ushort.MaxValue)
                {
                    return false;
                }

                entries[starts[i] + (index * _blocks) + block] = (ushort)entry;
            }
        }

        return true;
    }

    /// <summary>What the answers of some questions leave possible in each tree.</summary>
    private void Leave(uint[] mask, List<int> nodes, int firstTree, float[] row)
    {
        Array.Fill(mask, uint.MaxValue);
        int tree = firstTree;
        foreach (int node in nodes)
        {
            while (node >= _arrays.TreeStarts[tree + 1])
            {
                tree++;
            }

            int notTaken = _trees.GoesLeft(node, row) ? _arrays.Right[node] : _arrays.Left[node];
            if (_wide)
            {
                MemoryMarshal.Cast<uint, ulong>(mask.AsSpan())[tree - firstTree] &= ~_below[notTaken];
            }
            else
            {
                mask[tree - firstTree] &= ~(uint)_below[notTaken];
            }
        }
    }

    /// <summary>The questions of a block by column asked about.</summary>
    private List<int>[] Nodes(int block)
    {
        List<int>[] nodes = Array.ConvertAll(_columns, _ => new List<int>());
        int[] asked = Array.ConvertAll(_columns, column => column.Column);
        int end = Math.Min(_trees.TreeCount, (block + 1) * _lanes);
        for (int node = _arrays.TreeStarts[block * _lanes]; node < _arrays.TreeStarts[end]; node++)
        {
            if (_arrays.Feature[node] >= 0)
            {
                nodes[Array.BinarySearch(asked, _arrays.Feature[node])].Add(node);
            }
        }

        return nodes;
    }

    /// <summary>Gives each leaf of a tree a bit, and each node the bits of the leaves below it.</summary>
    private void NumberLeaves(int tree)
    {
        int leaf = 0;

        // Children stand after their parent, so going backward meets them first.
        for (int node = _arrays.TreeStarts[tree + 1] - 1; node >= _arrays.TreeStarts[tree]; node--)
        {
            if (_arrays.Feature[node] >= 0)
            {
                _below[node] = _below[_arrays.Left[node]] | _below[_arrays.Right[node]];
                continue;
            }

            _leaves[(tree * _leavesATree) + leaf] = _arrays.Value[node];
            _below[node] = 1ul << leaf++;
        }
    }
}
