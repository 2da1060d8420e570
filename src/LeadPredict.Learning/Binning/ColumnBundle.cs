namespace LeadPredict.Learning.Binning;

/// <summary>
/// Columns with few bins taken together: each combination of their bins is one joint bin, and all joint bins fit a byte. A row is added up
/// once for all of them, and sums by joint bin add up to the sums by bin exactly.
/// </summary>
internal sealed class ColumnBundle
{
    /// <summary>The joint bins of a bundle fit a byte.</summary>
    public const int MostJointBins = 256;

    private ColumnBundle(int[] columns, int[] sizes, int offset)
    {
        Columns = columns;
        Sizes = sizes;
        Offset = offset;
        Size = sizes.Aggregate(1, (product, size) => product * size);
    }

    /// <summary>The columns.</summary>
    public int[] Columns { get; }

    /// <summary>The number of bins of each, that of missing values included.</summary>
    public int[] Sizes { get; }

    /// <summary>Where the joint bins start in a histogram of all bundles: <see cref="MostJointBins"/> after those of the bundle before.</summary>
    public int Offset { get; }

    /// <summary>The number of joint bins.</summary>
    public int Size { get; }

    /// <summary>Bundles all columns: those with the fewest bins first, each with as many as fit.</summary>
    public static ColumnBundle[] Of(ColumnBins[] columns)
    {
        var bundles = new List<ColumnBundle>();
        var members = new List<int>();
        int size = 1;
        int offset = 0;
        void Close()
        {
            if (members.Count > 0)
            {
                bundles.Add(new ColumnBundle([.. members], [.. members.Select(column => columns[column].Count + 1)], offset));
                offset += MostJointBins;
                members.Clear();
                size = 1;
            }
        }

        foreach (int column in Enumerable.Range(0, columns.Length).OrderBy(column => columns[column].Count).ThenBy(column => column))
        {
            int bins = columns[column].Count + 1;
            if (size * bins > MostJointBins)
            {
                Close();
            }

            members.Add(column);
            size *= bins;
        }

        Close();
        return [.. bundles];
    }

    /// <summary>The joint bin of each row: the first column's bin counts fastest.</summary>
    /// <param name="columns">The bins of all columns.</param>
    /// <param name="start">The first row.</param>
    /// <param name="joint">Overwritten, one a row.</param>
    public void Fill(byte[][] columns, int start, Span<byte> joint)
    {
        columns[Columns[0]].AsSpan(start, joint.Length).CopyTo(joint);
        int step = Sizes[0];
        for (int i = 1; i < Columns.Length; i++)
        {
            ReadOnlySpan<byte> bins = columns[Columns[i]].AsSpan(start, joint.Length);
            for (int row = 0; row < bins.Length; row++)
            {
                joint[row] += (byte)(bins[row] * step);
            }

            step *= Sizes[i];
        }
    }
}
