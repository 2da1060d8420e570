using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Binning;

/// <summary>How the values of one column fall into bins: 0 to <see cref="Count"/> - 1 for values, <see cref="MissingBin"/> for NaN.</summary>
internal sealed class ColumnBins
{
    /// <summary>With the bin for missing values a bin number fits a byte.</summary>
    public const int MaxBins = 255;

    private readonly byte[] _binOfCode;

    private ColumnBins(ColumnKind kind, float[] boundaries, byte[] binOfCode, int count, bool lastIsRest)
    {
        Kind = kind;
        Boundaries = boundaries;
        _binOfCode = binOfCode;
        Count = count;
        LastIsRest = lastIsRest;
    }

    public ColumnKind Kind { get; }

    /// <summary>Numeric columns: <see cref="Count"/> - 1 boundaries, see <see cref="BinBoundaries"/>.</summary>
    public float[] Boundaries { get; }

    /// <summary>The number of bins for values, at least 1.</summary>
    public int Count { get; }

    /// <summary>The bin of NaN.</summary>
    public int MissingBin => Count;

    /// <summary>Whether the last value bin of a categorical column gathers the codes too rare for a bin of their own.</summary>
    public bool LastIsRest { get; }

    /// <summary>Categorical columns: the bin of each code.</summary>
    public ReadOnlySpan<byte> BinOfCode => _binOfCode;

    /// <summary>Learns the bins of a column.</summary>
    /// <param name="column">What it holds.</param>
    /// <param name="values">One a row.</param>
    /// <param name="most">How many bins a column of numbers has at most, 2 to <see cref="MaxBins"/>.</param>
    /// <param name="sample">The rows by which numbers are judged, from <see cref="BinBoundaries.Sample"/>; null for all.</param>
    public static ColumnBins Learn(FeatureColumn column, ReadOnlySpan<float> values, int most = MaxBins, int[]? sample = null)
    {
        if (column.Kind == ColumnKind.Numeric)
        {
            float[] boundaries = BinBoundaries.Find(values, most, sample);
            return new ColumnBins(column.Kind, boundaries, [], boundaries.Length + 1, false);
        }

        var binOfCode = new byte[column.Cardinality];
        if (column.Cardinality <= MaxBins)
        {
            for (int code = 0; code < binOfCode.Length; code++)
            {
                binOfCode[code] = (byte)code;
            }

            return new ColumnBins(column.Kind, [], binOfCode, column.Cardinality, false);
        }

        Array.Fill(binOfCode, (byte)(MaxBins - 1));
        int bin = 0;
        foreach (int code in MostFrequent(column.Cardinality, values))
        {
            binOfCode[code] = (byte)bin++;
        }

        return new ColumnBins(column.Kind, [], binOfCode, MaxBins, true);
    }

    /// <summary>The bin of a value.</summary>
    public int BinOf(float value)
    {
        if (float.IsNaN(value))
        {
            return MissingBin;
        }

        if (Kind == ColumnKind.Categorical)
        {
            return _binOfCode[(int)value];
        }

        int low = 0;
        int high = Boundaries.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Boundaries[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Puts a column's values into bins.</summary>
    /// <param name="values">Of the column that the bins were learnt from, or of one like it.</param>
    /// <param name="bins">As long as the values; overwritten.</param>
    public void Fill(ReadOnlySpan<float> values, Span<byte> bins)
    {
        if (Kind == ColumnKind.Numeric)
        {
            new BinLookup(Boundaries).Fill(values, MissingBin, bins);
            return;
        }

        for (int row = 0; row < values.Length; row++)
        {
            bins[row] = (byte)BinOf(values[row]);
        }
    }

    private static IEnumerable<int> MostFrequent(int cardinality, ReadOnlySpan<float> values)
    {
        var counts = new int[cardinality];
        foreach (float value in values)
        {
            if (!float.IsNaN(value))
            {
                counts[(int)value]++;
            }
        }

        return Enumerable.Range(0, cardinality).OrderByDescending(code => counts[code]).ThenBy(code => code).Take(MaxBins - 1).Order();
    }
}
