namespace LeadPredict.Storage.Spool;

/// <summary>Puts a lead's packed touches in the order of their instants, then of their identifiers, which it looks at only where instants are the same.</summary>
internal sealed class TouchOrder
{
    private (long OccurredAt, long RecordedAt)[] _keys = new (long, long)[64];
    private int[] _order = new int[64];

    /// <summary>The places of the rows in order; good until the next are asked for.</summary>
    public ReadOnlySpan<int> Of(PartRows rows, ReadOnlySpan<(int At, int Length)> own)
    {
        if (own.Length > _order.Length)
        {
            int room = Math.Max(own.Length, 2 * _order.Length);
            (_keys, _order) = (new (long, long)[room], new int[room]);
        }

        bool inOrder = true;
        for (int row = 0; row < own.Length; row++)
        {
            _order[row] = row;
            _keys[row] = rows.Open(own[row]).Instants();
            inOrder &= row == 0 || _keys[row - 1].CompareTo(_keys[row]) < 0;
        }

        Span<int> order = _order.AsSpan(0, own.Length);
        if (!inOrder)
        {
            (int At, int Length)[] places = own.ToArray();
            order.Sort((a, b) => _keys[a].CompareTo(_keys[b]) is not 0 and var by ? by : string.CompareOrdinal(IdOf(rows, places[a]), IdOf(rows, places[b])));
        }

        return order;
    }

    private static string? IdOf(PartRows rows, (int At, int Length) place)
    {
        PackedReader row = rows.Open(place);
        row.Instants();
        return row.Text();
    }
}
