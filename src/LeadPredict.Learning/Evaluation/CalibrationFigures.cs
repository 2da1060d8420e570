namespace LeadPredict.Learning.Evaluation;

/// <summary>Rows sorted once by probability, lowest first, for the bins of the calibration error.</summary>
internal sealed class CalibrationFigures
{
    /// <summary>How many bins of equal count.</summary>
    public const int BinCount = 15;

    private readonly double[] _probabilities;
    private readonly byte[] _labels;

    public CalibrationFigures(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        double[] keys = probabilities.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length).OrderBy(row => keys[row])]; // stable, unlike Array.Sort
        _probabilities = Array.ConvertAll(order, row => keys[row]);
        _labels = new byte[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            _labels[i] = labels[order[i]];
        }
    }

    /// <summary>Mean |observed - mean probability| over the bins, weighted by count.</summary>
    public double Ece() => Slices().Sum(slice => Math.Abs(Observed(slice) - Promised(slice))) / _labels.Length;

    /// <summary>
    /// What <see cref="Ece"/> is on average where each probability is right and rows convert independently: the mean distance of a normal variable from its mean
    /// is sqrt(2 / pi) of its standard deviation.
    /// </summary>
    public double EceByChance() => Slices().Sum(slice => Math.Sqrt(2 / Math.PI * Variance(slice))) / _labels.Length;

    /// <summary>The bins; fewer than 15 rows give a bin each.</summary>
    public IReadOnlyList<ReliabilityBin> Bins() =>
    [
        .. Slices().Select(slice =>
        {
            int positives = Observed(slice), size = slice.Size;
            (double low, double high) = WilsonInterval.Of(positives, size);
            return new ReliabilityBin(size, positives, Promised(slice) / size, (double)positives / size, low, high);
        }),
    ];

    private int Observed((int From, int Size) slice) => _labels.AsSpan(slice.From, slice.Size).Count((byte)1);

    private double Promised((int From, int Size) slice)
    {
        double sum = 0;
        foreach (double probability in _probabilities.AsSpan(slice.From, slice.Size))
        {
            sum += probability;
        }

        return sum;
    }

    private double Variance((int From, int Size) slice)
    {
        double sum = 0;
        foreach (double probability in _probabilities.AsSpan(slice.From, slice.Size))
        {
            sum += probability * (1 - probability);
        }

        return sum;
    }

    /// <summary>The bins as ranges of sorted rows. Sizes as numpy's array_split has them: the first <c>rows mod 15</c> bins hold one more.</summary>
    private IEnumerable<(int From, int Size)> Slices()
    {
        int from = 0;
        for (int bin = 0; bin < BinCount && from < _labels.Length; bin++)
        {
            int size = (_labels.Length / BinCount) + (bin < _labels.Length % BinCount ? 1 : 0);
            yield return (from, size);
            from += size;
        }
    }
}
