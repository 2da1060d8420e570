using LeadPredict.Learning.Tables;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.Tables;

/// <summary>
/// Keeps rows that stand in a file several times, as a join leaves them, in one group: parted between folds each would be known when it is asked for, and a model
/// that knows its rows by heart would look splendid.
/// </summary>
/// <remarks>
/// Rows with few columns are alike by nature, but then not all of them share the label: where alike ones disagree, they stay apart.
/// </remarks>
internal static class RepeatedRows
{
    // Fewer do no harm.
    private const double Least = 0.01;
    private const double Agreeing = 0.99;
    private const ulong Mixer = 0x9E3779B97F4A7C15;

    /// <summary>The rows with those that are repeats in one group, and with them whoever was in a group with one; the same ones where there are few or they disagree.</summary>
    /// <param name="rows">The rows, in groups or each alone.</param>
    /// <param name="host">Is warned of them.</param>
    public static TrainingTable Grouped(TrainingTable rows, ConsoleHost host)
    {
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        ulong[] hashes = Hashes(rows.Features);
        Array.Sort(hashes, order);
        var groups = new JoinedGroups(rows.Groups);
        (int repeated, int agreeing) = (0, 0);
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && hashes[end] == hashes[start])
            {
                end++;
            }

            ReadOnlySpan<int> alike = order.AsSpan(start, end - start);
            (int first, int positives) = (int.MaxValue, 0);
            foreach (int row in alike)
            {
                first = Math.Min(first, row);
                positives += rows.Labels[row];
            }

            foreach (int row in alike)
            {
                groups.Join(first, row);
            }

            repeated += alike.Length > 1 ? alike.Length : 0;
            agreeing += alike.Length > 1 ? Math.Max(positives, alike.Length - positives) : 0;
        }

        if (repeated < Least * rows.RowCount || repeated == 0 || agreeing < Agreeing * repeated)
        {
            return rows;
        }

        host.Warn($"{repeated} of {rows.RowCount} rows stand there more than once, with the same label: they are kept together, as one case each. If a join made them, take them out.");
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
