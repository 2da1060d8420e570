using LeadPredict.Learning.Tables;

namespace LeadPredict.Training.Train.Tables;

/// <summary>
/// Keeps rows that stand in a file several times, as a join leaves them, in one group: parted between folds each would be known when it is asked for, and a model
/// that knows its rows by heart would look splendid.
/// </summary>
/// <remarks>
/// Rows with few columns are alike by nature, but then not all of them share the label: where alike ones disagree, they stay apart. Where few rows convert, nearly all
/// share the label anyway, so it is those of the scarcer label that tell: by chance their likes are of the other.
/// </remarks>
internal static class RepeatedRows
{
    // Fewer do no harm.
    private const double Least = 0.01;
    private const double Agreeing = 0.99;
    private const ulong Mixer = 0x9E3779B97F4A7C15;

    /// <summary>The rows with those that are repeats in one group, and with them whoever was in a group with one; the same ones where there are few or they disagree.</summary>
    /// <param name="rows">The rows, in groups or each alone.</param>
    /// <param name="warn">Is told of them.</param>
    public static TrainingTable Grouped(TrainingTable rows, Action<string> warn)
    {
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        ulong[] hashes = Hashes(rows.Features);
        Array.Sort(hashes, order);
        var groups = new JoinedGroups(rows.Groups);
        byte scarcer = rows.Positives <= rows.Negatives ? (byte)1 : (byte)0;
        (int repeated, int same, int agreeing, int scarce, int scarceAgreeing) = (0, 0, 0, 0, 0);
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && hashes[end] == hashes[start])
            {
                end++;
            }

            ReadOnlySpan<int> alike = order.AsSpan(start, end - start);
            if (alike.Length == 1)
            {
                continue;
            }

            (int first, int those) = (int.MaxValue, 0);
            foreach (int row in alike)
            {
                first = Math.Min(first, row);
                those += rows.Labels[row] == scarcer ? 1 : 0;
            }

            repeated += alike.Length;
            agreeing += Math.Max(those, alike.Length - those);
            scarce += those;
            if (those > 0 && those < alike.Length)
            {
                continue;
            }

            same += alike.Length;
            scarceAgreeing += those;
            foreach (int row in alike)
            {
                groups.Join(first, row);
            }
        }

        // Half way from what chance gives at most to what a join does.
        double share = Math.Min(rows.Positives, rows.Negatives) / (double)rows.RowCount;
        if (same < Least * rows.RowCount || agreeing < Agreeing * repeated || scarce == 0 || scarceAgreeing < (1 + share) / 2 * scarce)
        {
            return rows;
        }

        warn($"{same} of {rows.RowCount} rows stand there more than once, with the same label: they are kept together, as one case each. If a join made them, take them out.");
        return new(rows.Features, rows.Labels, rows.Weights, groups.ToArray());
    }

    private static ulong[] Hashes(FeatureTable features)
    {
        var hashes = new ulong[features.RowCount];
        for (int column = 0; column < features.Columns.Count; column++)
        {
            ReadOnlySpan<float> values = features.Column(column);
            for (int row = 0; row < hashes.Length; row++)
            {
                ulong mixed = (hashes[row] ^ BitConverter.SingleToUInt32Bits(values[row])) * Mixer;
                hashes[row] = mixed ^ (mixed >> 32);
            }
        }

        return hashes;
    }
}
