using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>The rows of a node by bin, for all columns, laid out by <see cref="BinnedTable.Offsets"/>.</summary>
internal sealed class Histogram(int bins)
{
    private readonly AlignedArray<BinSum> _sums = new(bins);

    public Span<BinSum> Bins => _sums.Span;

    /// <summary>Turns a parent's histogram into that of one child, given the other child's.</summary>
    public void Subtract(Histogram child) => Subtract(child, 0, Bins.Length);

    /// <summary>The same for the bins of <c>[start, end)</c>.</summary>
    public void Subtract(Histogram child, int start, int end)
    {
        Span<BinSum> to = Bins[start..end];
        ReadOnlySpan<BinSum> from = child.Bins[start..end];
        for (int bin = 0; bin < to.Length; bin++)
        {
            to[bin] -= from[bin];
        }
    }
}
