namespace LeadPredict.Storage.Spool;

/// <summary>The rows of one table in one part, found by lead.</summary>
internal sealed class PartRows
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly (int At, int Length)[] _rows;

    /// <param name="bytes">Rows as <see cref="SpoolWriter"/> lays them down, of all leads mixed.</param>
    /// <param name="leads">How many leads the part has.</param>
    public PartRows(byte[] bytes, int leads)
    {
        _bytes = bytes;
        _ends = new int[leads + 1];
        for (var all = new PackedReader(bytes); all.Left > 0;)
        {
            _ends[all.Unsigned() + 1]++;
            all.Take((int)all.Unsigned());
        }

        for (int lead = 0; lead < leads; lead++)
        {
            _ends[lead + 1] += _ends[lead];
        }

        // Each lead's count begins where the one before ends, and has moved to its own end when all rows are placed.
        _rows = new (int, int)[_ends[leads]];
        for (var all = new PackedReader(bytes); all.Left > 0;)
        {
            ref int next = ref _ends[all.Unsigned()];
            int length = (int)all.Unsigned();
            _rows[next++] = (bytes.Length - all.Left, length);
            all.Take(length);
        }
    }

    /// <summary>The rows of a lead, in the order in which they came.</summary>
    public ReadOnlySpan<(int At, int Length)> Of(int lead) => _rows.AsSpan((lead == 0 ? 0 : _ends[lead - 1])..(_ends[lead]));

    public PackedReader Open((int At, int Length) row) => new(_bytes.AsSpan(row.At, row.Length));
}
