namespace LeadPredict.Learning.Evaluation;

/// <summary>
/// Rows sorted once by score, highest first, for every figure that needs only their order. Each figure takes how often a row
/// counts, so that a bootstrap resample costs one pass and no sort.
/// </summary>
internal sealed class Ranking
{
    private readonly int[] _order;

    /// <summary>One past the last row of each run of equal scores.</summary>
    private readonly int[] _tieEnds;

    public Ranking(ReadOnlySpan<double> scores)
    {
        double[] keys = new double[scores.Length];
        _order = new int[scores.Length];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = -scores[row];
            _order[row] = row;
        }

        Array.Sort(keys, _order);
        List<int> ends = [];
        for (int i = 1; i <= keys.Length; i++)
        {
            if (i == keys.Length || keys[i] != keys[i - 1])
            {
                ends.Add(i);
            }
        }

        _tieEnds = [.. ends];
    }

    /// <summary>Runs of equal scores as row numbers, highest score first; rows inside a run in no particular order.</summary>
    public IEnumerable<ArraySegment<int>> Ties()
    {
        int from = 0;
        foreach (int to in _tieEnds)
        {
            yield return new ArraySegment<int>(_order, from, to - from);
            from = to;
        }
    }

    /// <summary>Labels in ranked order, so that resamples read memory in sequence.</summary>
    public byte[] Ranked(ReadOnlySpan<byte> labels)
    {
        byte[] ranked = new byte[labels.Length];
        for (int i = 0; i < ranked.Length; i++)
        {
            ranked[i] = labels[_order[i]];
        }

        return ranked;
    }

    /// <summary>Area under the ROC curve and average precision, NaN where a class is missing; and precision at 10 and 20 %.</summary>
    /// <param name="ranked">What <see cref="Ranked"/> gave.</param>
    /// <param name="counts">How often each row counts, by row number (not ranked).</param>
    public RankFigures Figures(byte[] ranked, ReadOnlySpan<int> counts)
    {
        long total = 0;
        long positives = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            int count = counts[_order[i]];
            total += count;
            positives += count * (long)ranked[i];
        }

        long negatives = total - positives;
        long at10 = ((total * 10) + 99) / 100;
        long at20 = ((total * 20) + 99) / 100;
        double found10 = 0.0;
        double found20 = 0.0;
        double pairsWon = 0.0;
        double precisionSum = 0.0;
        long seen = 0;
        long seenPositives = 0;
        int from = 0;
        foreach (int to in _tieEnds)
        {
            long tied = 0;
            long tiedPositives = 0;
            for (int i = from; i < to; i++)
            {
                int count = counts[_order[i]];
                tied += count;
                tiedPositives += count * (long)ranked[i];
            }

            from = to;
            if (tied == 0)
            {
                continue;
            }

            // A positive beats every negative ranked below it and half of those it is tied with.
            long tiedNegatives = tied - tiedPositives;
            long negativesBelow = negatives - (seen - seenPositives) - tiedNegatives;
            pairsWon += tiedPositives * (negativesBelow + (0.5 * tiedNegatives));

            // Which of the tied rows fit into the capacity is chance: each counts with its share.
            double rate = (double)tiedPositives / tied;
            found10 += rate * Math.Clamp(at10 - seen, 0, tied);
            found20 += rate * Math.Clamp(at20 - seen, 0, tied);

            seen += tied;
            seenPositives += tiedPositives;
            precisionSum += tiedPositives * ((double)seenPositives / seen);
        }

        double baseRate = (double)positives / total;
        return new RankFigures(
            Auc: positives == 0 || negatives == 0 ? double.NaN : pairsWon / ((double)positives * negatives),
            PrAuc: positives == 0 ? double.NaN : precisionSum / positives,
            PrecisionAt10: found10 / at10,
            PrecisionAt20: found20 / at20,
            LiftAt10: positives == 0 ? double.NaN : found10 / at10 / baseRate,
            LiftAt20: positives == 0 ? double.NaN : found20 / at20 / baseRate);
    }
}

/// <summary>What the order of the rows alone decides.</summary>
internal readonly record struct RankFigures(
    double Auc, double PrAuc, double PrecisionAt10, double PrecisionAt20, double LiftAt10, double LiftAt20);
