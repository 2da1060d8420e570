using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Learning.Tables;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.Tables;

/// <summary>
/// Puts the rows of a file into the order of time that learning takes them to have. What is learnt follows the level of conversion through the rows to the last, so
/// a file that lies the other way round, or in the order of its labels, would be learnt from as a market that turned.
/// </summary>
internal static class RowOrder
{
    // So seldom would labels that have nothing to do with the order lie so.
    private const double Chance = 1e-5;

    // A file lies the other way round where a date falls from row to row so often.
    private const double Falling = 0.99;
    private const int LeastFalls = 20;

    /// <summary>The rows in order of time, as far as they tell; the same ones where nothing speaks against the file's order.</summary>
    /// <param name="rows">In the file's order.</param>
    /// <param name="schema">What the columns are.</param>
    /// <param name="seed">For rows that lie in no order of time.</param>
    /// <param name="host">Is warned of what was done.</param>
    public static TrainingTable Of(TrainingTable rows, FeatureSchema schema, int seed, ConsoleHost host)
    {
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        if (LiesByLabel(rows.Labels))
        {
            host.Warn("the rows lie in the order of their labels, so their order is not taken for time, and they are shuffled. Files are expected in order of time, the oldest row first.");
            new Random(seed).Shuffle(order);
        }
        else if (FallingDate(rows.Features, schema) is { } date)
        {
            host.Warn($"'{date}' falls from row to row, so the file is read from its end. Files are expected in order of time, the oldest row first.");
            Array.Reverse(order);
        }
        else
        {
            return rows;
        }

        return rows.Select(order);
    }

    /// <summary>Whether a third of the rarer label's rows or more lie in one piece, which hardly any market does and chance never.</summary>
    internal static bool LiesByLabel(ReadOnlySpan<byte> labels)
    {
        int positives = labels.Count((byte)1);
        byte rarer = 2 * positives <= labels.Length ? (byte)1 : (byte)0;
        int rows = Math.Min(positives, labels.Length - positives);
        int longest = 0;
        int run = 0;
        foreach (byte label in labels)
        {
            run = label == rarer ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return rows > 0 && 3 * longest >= rows && labels.Length * Math.Pow((double)rows / labels.Length, longest) < Chance;
    }

    private static string? FallingDate(FeatureTable features, FeatureSchema schema)
    {
        for (int feature = 0; feature < schema.Features.Count; feature++)
        {
            if (schema.Features[feature].Source is AttributeDate { Part: DatePart.Ordinal } date && Falls(features.Column(feature)))
            {
                return date.Attribute;
            }
        }

        return null;
    }

    private static bool Falls(ReadOnlySpan<float> days)
    {
        (int falls, int rises) = (0, 0);
        float last = float.NaN;
        foreach (float day in days)
        {
            falls += day < last ? 1 : 0;
            rises += day > last ? 1 : 0;
            last = float.IsNaN(day) ? last : day;
        }

        return falls >= LeastFalls && falls >= Falling * (falls + rises);
    }
}
