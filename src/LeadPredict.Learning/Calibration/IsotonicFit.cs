namespace LeadPredict.Learning.Calibration;

/// <summary>
/// Isotonic regression by pool-adjacent-violators (Ayer et al. 1955; Zadrozny and Elkan 2002), straight lines between the centres
/// of the pooled blocks.
/// </summary>
internal static class IsotonicFit
{
    public static IsotonicCurve Fit(CalibrationSample sample)
    {
        List<Block> blocks = Pool(sample);
        SoftenEnds(blocks);
        return new IsotonicCurve([.. blocks.Select(b => b.Center)], [.. blocks.Select(b => b.Value)]);
    }

    /// <summary>Blocks of strictly increasing rate, in order of raw score; equal scores stand in one block.</summary>
    private static List<Block> Pool(CalibrationSample sample)
    {
        int[] order = Enumerable.Range(0, sample.Raw.Length).Where(row => sample.Weights[row] > 0.0).ToArray();
        Array.Sort(order, (x, y) => sample.Raw[x] != sample.Raw[y] ? sample.Raw[x].CompareTo(sample.Raw[y]) : x.CompareTo(y));
        List<Block> blocks = [];
        for (int i = 0; i < order.Length;)
        {
            double raw = sample.Raw[order[i]];
            double weight = 0.0;
            double positive = 0.0;
            for (; i < order.Length && sample.Raw[order[i]] == raw; i++)
            {
                weight += sample.Weights[order[i]];
                positive += sample.Weights[order[i]] * sample.Labels[order[i]];
            }

            Block block = new(raw, raw, raw, weight, positive, positive / weight);
            while (blocks.Count > 0 && blocks[^1].Value >= block.Value)
            {
                block = blocks[^1].Join(block);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return blocks;
    }

    /// <summary>
    /// Only the first block can have rate 0 and only the last rate 1. Neither is believed beyond Laplace's rule of succession,
    /// 1 in n + 2; where that would pass the neighbour, the two are pooled, which leaves 0 or 1 as well.
    /// </summary>
    private static void SoftenEnds(List<Block> blocks)
    {
        if (blocks[0].Value <= 0.0)
        {
            Block first = blocks[0] with { Value = 1.0 / (blocks[0].Weight + 2.0) };
            if (blocks.Count > 1 && first.Value > blocks[1].Value)
            {
                first = blocks[0].Join(blocks[1]);
                blocks.RemoveAt(1);
            }

            blocks[0] = first;
        }

        if (blocks[^1].Value >= 1.0)
        {
            Block last = blocks[^1] with { Value = (blocks[^1].Weight + 1.0) / (blocks[^1].Weight + 2.0) };
            if (blocks.Count > 1 && last.Value < blocks[^2].Value)
            {
                last = blocks[^2].Join(blocks[^1]);
                blocks.RemoveAt(blocks.Count - 2);
            }

            blocks[^1] = last;
        }
    }

    private readonly record struct Block(double Low, double High, double Center, double Weight, double Positive, double Value)
    {
        /// <summary>Joins with the next block; the centre is kept within, so that rounding cannot put centres out of order.</summary>
        public Block Join(Block next)
        {
            double weight = Weight + next.Weight;
            double positive = Positive + next.Positive;
            double center = Center + ((next.Center - Center) * (next.Weight / weight));
            return new Block(Low, next.High, Math.Clamp(center, Low, next.High), weight, positive, positive / weight);
        }
    }
}
