using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// Adds a tree to the scores of neighbouring rows, some hundred at a time: the rows that reach a node are a set, which its question parts, so
/// that no row walks and no branch is guessed wrong.
/// </summary>
/// <remarks>Immutable; safe to use from many threads.</remarks>
internal sealed class TreeScorer
{
    private const int Lanes = 32;

    /// <summary>The sets of all nodes lie in the first-level cache, unless there are very many.</summary>
    private const int BytesOfSets = 32 * 1024;

    /// <summary>A leaf's number fits a byte, and 0 is none.</summary>
    private const int LeavesAtOnce = 255;

    private readonly BinnedTable _table;
    private readonly BinQuestion[] _questions;
    private readonly int[] _leaves;
    private readonly double[] _values;
    private readonly int _nodes;
    private readonly int _width;

    public TreeScorer(GrownTree tree, BinnedTable table)
    {
        _table = table;
        _nodes = tree.Nodes.Count;
        _width = Math.Clamp(BytesOfSets / _nodes / Lanes, 1, 16) * Lanes;
        _questions = [.. Enumerable.Range(0, _nodes).Where(node => tree.Nodes[node].Left >= 0)
            .Select(node => new BinQuestion(tree.Nodes[node], node, table.Columns[tree.Nodes[node].Split.Column].MissingBin))];
        _leaves = [.. Enumerable.Range(0, _nodes).Where(node => tree.Nodes[node].Left < 0)];
        _values = [.. _leaves.Select(node => tree.Nodes[node].Value)];
    }

    /// <summary>Adds to the scores of the rows from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    [SkipLocalsInit]
    public void AddTo(double[] scores, int start, int end)
    {
        // A byte a row: all its bits where the row is in the set, else none.
        Span<byte> sets = stackalloc byte[_nodes * _width];
        Span<byte> last = stackalloc byte[_width];
        for (; start < end; start += _width)
        {
            sets[.._width].Fill(byte.MaxValue);
            foreach (BinQuestion question in _questions)
            {
                scoped ReadOnlySpan<byte> bins = _table.Column(question.Column)[start..];
                if (bins.Length < _width)
                {
                    bins.CopyTo(last);
                    bins = last;
                }

                question.Part(bins, sets, _width);
            }

            Span<double> to = scores.AsSpan(start, Math.Min(_width, end - start));
            for (int first = 0; first < _leaves.Length; first += LeavesAtOnce)
            {
                AddLeaves(sets, _leaves.AsSpan(first, Math.Min(LeavesAtOnce, _leaves.Length - first)), _values.AsSpan(first), to);
            }
        }
    }

    /// <summary>Adds the values of some leaves to the rows in them, and 0 to others.</summary>
    [SkipLocalsInit]
    private void AddLeaves(ReadOnlySpan<byte> sets, ReadOnlySpan<int> leaves, ReadOnlySpan<double> values, Span<double> scores)
    {
        Span<double> valueOf = stackalloc double[LeavesAtOnce + 1];
        valueOf[0] = 0;
        values[..leaves.Length].CopyTo(valueOf[1..]);
        Span<byte> numbers = stackalloc byte[Lanes];
        ref byte set = ref MemoryMarshal.GetReference(sets);
        for (int start = 0; start < scores.Length; start += Lanes)
        {
            Vector256<byte> found = default;
            Vector256<byte> number = default;
            foreach (int leaf in leaves)
            {
                number += Vector256<byte>.One;
                found |= Vector256.LoadUnsafe(ref set, (nuint)((leaf * _width) + start)) & number;
            }

            found.CopyTo(numbers);
            Span<double> to = scores[start..Math.Min(scores.Length, start + Lanes)];
            for (int row = 0; row < to.Length; row++)
            {
                to[row] += valueOf[numbers[row]];
            }
        }
    }
}
