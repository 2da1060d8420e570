using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>What one thread adds up of a node, by joint bin of all bundles. Empty between nodes.</summary>
/// <remarks>Rows are added up packed, 8 bytes a bin; before those can overflow they are brought into sums of 16 bytes.</remarks>
internal sealed class JointSums(BinnedTable table, SumScale scale)
{
    private readonly AlignedArray<long> _packed = new(table.Bundles.Length * ColumnBundle.MostJointBins);
    private AlignedArray<BinSum>? _sums;
    private int _packedRows;

    /// <summary>Whether there is anything in it.</summary>
    private bool HasRows { get; set; }

    /// <summary>Whether there is anything in <see cref="_sums"/>.</summary>
    private bool HasSums { get; set; }

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="places">For each block the bundles to be added up.</param>
    public void Add(ReadOnlySpan<int> rows, AlignedArray<RowDerivatives> derivatives, int[][] places)
    {
        HasRows = true;
        while (!rows.IsEmpty)
        {
            if (_packedRows == scale.PackedRows)
            {
                Unpack();
            }

            int count = Math.Min(rows.Length, scale.PackedRows - _packedRows);
            AddPacked(rows[..count], derivatives, places);
            _packedRows += count;
            rows = rows[count..];
        }
    }

    /// <summary>Adds what there is of a bundle to other sums, and empties it.</summary>
    /// <param name="bundle">One of the table's.</param>
    /// <param name="to">By joint bin.</param>
    public void MoveTo(ColumnBundle bundle, Span<BinSum> to)
    {
        if (!HasRows)
        {
            return;
        }

        Span<long> packed = _packed.Span.Slice(bundle.Offset, to.Length);
        for (int bin = 0; bin < to.Length; bin++)
        {
            to[bin] += scale.Unpack(packed[bin]);
        }

        packed.Clear();
        if (HasSums)
        {
            Span<BinSum> sums = _sums!.Span.Slice(bundle.Offset, to.Length);
            for (int bin = 0; bin < to.Length; bin++)
            {
                to[bin] += sums[bin];
            }

            sums.Clear();
        }
    }

    /// <summary>Says that all bundles have been moved.</summary>
    public void Emptied() => (HasRows, HasSums, _packedRows) = (false, false, 0);

    private void AddPacked(ReadOnlySpan<int> rows, AlignedArray<RowDerivatives> derivatives, int[][] places)
    {
        for (int block = 0; block < places.Length; block++)
        {
            if (places[block].Length == table.Blocks[block].Bundles.Length)
            {
                HistogramKernel.AddAll(table.Blocks[block], rows, derivatives, _packed);
            }
            else
            {
                HistogramKernel.AddSome(table.Blocks[block], rows, derivatives, places[block], _packed);
            }
        }
    }

    private void Unpack()
    {
        _sums ??= new AlignedArray<BinSum>(table.Bundles.Length * ColumnBundle.MostJointBins);
        foreach (ColumnBundle bundle in table.Bundles)
        {
            Span<long> packed = _packed.Span.Slice(bundle.Offset, bundle.Size);
            Span<BinSum> sums = _sums.Span.Slice(bundle.Offset, bundle.Size);
            for (int bin = 0; bin < packed.Length; bin++)
            {
                sums[bin] += scale.Unpack(packed[bin]);
            }

            packed.Clear();
        }

        (HasSums, _packedRows) = (true, 0);
    }
}
