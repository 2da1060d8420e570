using System.Runtime.CompilerServices;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>The rows of a node by bin, for all columns, laid out by <see cref="BinnedTable.Offsets"/>.</summary>
internal sealed class Histogram(int bins)
{
    private readonly AlignedArray<BinSum> _sums = new(bins);

    public Span<BinSum> Bins => _sums.Span;

    /// <summary>The same for the innermost loops.</summary>
    public AlignedArray<BinSum> Sums => _sums;

    /// <summary>Adds what another thread added up of the same node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Histogram part)
    {
        Span<BinSum> to = Bins;
        ReadOnlySpan<BinSum> from = part.Bins;
        for (int bin = 0; bin < to.Length; bin++)
        {
            to[bin] += from[bin];
        }
    }

    /// <summary>Turns a parent's histogram into that of one child, given the other child's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(Histogram child)
    {
        Span<BinSum> to = Bins;
        ReadOnlySpan<BinSum> from = child.Bins;
        for (int bin = 0; bin < to.Length; bin++)
        {
            to[bin] -= from[bin];
        }
    }
}
