using System.Buffers;

namespace LeadPredict.Storage.Spool;

/// <summary>The rows of one table in one part, found by lead. Its memory is lent, since parts come and go; dispose of it when done.</summary>
internal sealed class PartRows : IDisposable
{
    private readonly int[] _ends;
    private byte[] _bytes;
    private (int At, int Length)[] _rows;

    /// <param name="bytes">Rows as <see cref="SpoolWriter"/> lays them down, of all leads mixed; lent by the shared pool, and given back by this.</param>
    /// <param name="length">How many of the bytes are rows.</param>
    /// <param name="leads">How many leads the part has.</param>
    public PartRows(byte[] bytes, int length, int leads)
    {
        _bytes = bytes;
        _ends = new int[leads + 1];
        for (var all = new PackedReader(bytes.AsSpan(0, length)); all.Left > 0;)
        {
            _ends[all.Unsigned() + 1]++;
            all.Take((int)all.Unsigned());
        }

        for (int lead = 0; lead < leads; lead++)
        {
            _ends[lead + 1] += _ends[lead];
        }

        // Each lead's count begins where the one before ends, and has moved to its own end when all rows are placed.
        _rows = ArrayPool<(int, int)>.Shared.Rent(_ends[leads]);
        for (var all = new PackedReader(bytes.AsSpan(0, length)); all.Left > 0;)
        {
            ref int next = ref _ends[all.Unsigned()];
            int row = (int)all.Unsigned();
            _rows[next++] = (length - all.Left, row);
            all.Take(row);
        }
    }

    /// <summary>The rows of a lead, in the order in which they came.</summary>
    public ReadOnlySpan<(int At, int Length)> Of(int lead) => _rows.AsSpan((lead == 0 ? 0 : _ends[lead - 1])..(_ends[lead]));

    public PackedReader Open((int At, int Length) row) => new(_bytes.AsSpan(row.At, row.Length));

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<(int, int)>.Shared.Return(_rows);
        (_bytes, _rows) = ([], []);
    }
}
