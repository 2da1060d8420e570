using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>What one thread adds up of a node, by joint bin of all bundles. Empty between nodes.</summary>
internal sealed class JointSums(BinnedTable table, SumScale scale)
{
    private readonly AlignedArray<BinSum> _sums = new(table.Bundles.Length * ColumnBundle.MostJointBins);

    /// <summary>Whether there is anything in it.</summary>
    public bool HasSums { get; private set; }

    /// <summary>The joint bins of a bundle.</summary>
    public Span<BinSum> Of(ColumnBundle bundle) => _sums.Span.Slice(bundle.Offset, bundle.Size);

    /// <summary>Says that all bundles have been read and cleared.</summary>
    public void Emptied() => HasSums = false;

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="places">For each block the bundles to be added up.</param>
    public void Add(ReadOnlySpan<int> rows, AlignedArray<RowDerivatives> derivatives, int[][] places)
    {
        HasSums = true;
        for (int block = 0; block < places.Length; block++)
        {
            if (places[block].Length == table.Blocks[block].Bundles.Length)
            {
                HistogramKernel.AddAll(table.Blocks[block], rows, derivatives, scale, _sums);
            }
            else
            {
                HistogramKernel.AddSome(table.Blocks[block], rows, derivatives, scale, places[block], _sums);
            }
        }
    }
}
