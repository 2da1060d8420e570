using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Trees;

/// <summary>A question of a grown tree as it is put to the bins of many rows at once.</summary>
internal sealed class BinQuestion
{
    private readonly int _node;
    private readonly int _left;
    private readonly int _right;
    private readonly byte _firstRight;
    private readonly byte _rights;
    private readonly byte[]? _goesRight;

    /// <param name="node">Has a question.</param>
    /// <param name="index">Its place in the tree.</param>
    /// <param name="missingBin">The column's bin of missing values, which is its last.</param>
    public BinQuestion(GrownNode node, int index, int missingBin)
    {
        SplitCandidate split = node.Split;
        Column = split.Column;
        (_node, _left, _right) = (index, node.Left, node.Right);
        if (split.LastLeftBin < 0)
        {
            _goesRight = new byte[byte.MaxValue + 1];
            for (int bin = 0; bin <= missingBin; bin++)
            {
                _goesRight[bin] = split.GoesLeft(bin, missingBin) ? (byte)0 : (byte)1;
            }

            (_firstRight, _rights) = (1, 0);
        }
        else
        {
            _firstRight = (byte)(split.LastLeftBin + 1);
            _rights = (byte)(missingBin - (split.MissingLeft ? 1 : 0) - _firstRight);
        }
    }

    /// <summary>The column it asks about.</summary>
    public int Column { get; }

    /// <summary>Parts the set of rows that reach the question: those in the bins that go right, and others.</summary>
    /// <param name="bins">Of its column, one a row.</param>
    /// <param name="sets">Of all nodes, one after the other, a byte a row.</param>
    /// <param name="width">Rows of a set, a multiple of 32.</param>
    [SkipLocalsInit]
    public void Part(scoped ReadOnlySpan<byte> bins, Span<byte> sets, int width)
    {
        if (_goesRight is { } goesRight)
        {
            Span<byte> answers = stackalloc byte[width];
            for (int row = 0; row < answers.Length; row++)
            {
                answers[row] = goesRight[bins[row]];
            }

            PartRange(ref MemoryMarshal.GetReference(answers), sets, width);
        }
        else
        {
            PartRange(ref MemoryMarshal.GetReference(bins), sets, width);
        }
    }

    private void PartRange(ref byte bins, Span<byte> sets, int width)
    {
        Vector256<byte> first = Vector256.Create(_firstRight);
        Vector256<byte> count = Vector256.Create(_rights);
        ref byte reach = ref sets[_node * width];
        ref byte left = ref sets[_left * width];
        ref byte right = ref sets[_right * width];
        for (nuint row = 0; row < (nuint)width; row += (nuint)Vector256<byte>.Count)
        {
            // As bytes that wrap around, what lies before the first is far beyond the last.
            Vector256<byte> place = Vector256.LoadUnsafe(ref bins, row) - first;
            Vector256<byte> goesRight = Vector256.Equals(Vector256.Min(place, count), place);
            Vector256<byte> rows = Vector256.LoadUnsafe(ref reach, row);
            (rows & goesRight).StoreUnsafe(ref right, row);
            Vector256.AndNot(rows, goesRight).StoreUnsafe(ref left, row);
        }
    }
}
