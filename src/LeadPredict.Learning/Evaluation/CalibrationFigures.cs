namespace LeadPredict.Learning.Evaluation;

/// <summary>Rows sorted once by probability, lowest first, for the bins of the calibration error.</summary>
internal sealed class CalibrationFigures
{
    /// <summary>How many bins of equal count.</summary>
    public const int BinCount = 15;

    private readonly int[] _order;
    private readonly double[] _probabilities;
    private readonly byte[] _labels;

    public CalibrationFigures(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        double[] keys = probabilities.ToArray();
        _order = [.. Enumerable.Range(0, keys.Length).OrderBy(row => keys[row])]; // stable, unlike Array.Sort
        _probabilities = Array.ConvertAll(_order, row => keys[row]);
        _labels = new byte[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            _labels[i] = labels[_order[i]];
        }
    }

    /// <summary>Mean |observed - mean probability| over the bins, weighted by count.</summary>
    /// <param name="counts">How often each row counts, by row number (not sorted).</param>
    public double Ece(ReadOnlySpan<int> counts)
    {
        long total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        double gaps = 0.0;
        double promised = 0.0;
        long observed = 0;
        int bin = 0;
        long room = Size(total, bin);
        for (int i = 0; i < _order.Length; i++)
        {
            long left = counts[_order[i]];
            while (left > 0)
            {
                // A row that counts several times may fall into two bins.
                long taken = Math.Min(left, room);
                promised += taken * _probabilities[i];
                observed += taken * _labels[i];
                left -= taken;
                room -= taken;
                if (room == 0)
                {
                    gaps += Math.Abs(observed - promised);
                    promised = 0.0;
                    observed = 0;
                    room = Size(total, ++bin);
                }
            }
        }

        return gaps / total;
    }

    /// <summary>The bins of the rows as they are; fewer than 15 rows give a bin each.</summary>
    public IReadOnlyList<ReliabilityBin> Bins()
    {
        List<ReliabilityBin> bins = [];
        int from = 0;
        for (int bin = 0; bin < BinCount && from < _order.Length; bin++)
        {
            int size = (int)Size(_order.Length, bin);
            int positives = 0;
            double promised = 0.0;
            for (int i = from; i < from + size; i++)
            {
                positives += _labels[i];
                promised += _probabilities[i];
            }

            (double low, double high) = WilsonInterval.Of(positives, size);
            bins.Add(new ReliabilityBin(size, positives, promised / size, (double)positives / size, low, high));
            from += size;
        }

        return bins;
    }

    /// <summary>Sizes as numpy's array_split has them: the first <c>total mod 15</c> bins hold one more.</summary>
    private static long Size(long total, int bin) => (total / BinCount) + (bin < total % BinCount ? 1 : 0);
}
