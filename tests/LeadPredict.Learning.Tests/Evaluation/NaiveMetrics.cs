namespace LeadPredict.Learning.Tests.Evaluation;

/// <summary>The figures as their definitions read, slow and obvious: the oracle of the fast ones.</summary>
internal static class NaiveMetrics
{
    public static double Auc(double[] scores, byte[] labels)
    {
        double won = 0.0;
        int pairs = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < labels.Length; j++)
            {
                if (labels[i] == 1 && labels[j] == 0)
                {
                    pairs++;
                    won += scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0.0;
                }
            }
        }

        return won / pairs;
    }

    public static double AveragePrecision(double[] scores, byte[] labels)
    {
        double sum = 0.0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 1)
            {
                int above = Enumerable.Range(0, labels.Length).Count(j => scores[j] >= scores[i]);
                int positivesAbove = Enumerable.Range(0, labels.Length).Count(j => scores[j] >= scores[i] && labels[j] == 1);
                sum += (double)positivesAbove / above;
            }
        }

        return sum / labels.Sum(l => l);
    }

    /// <summary>Mean precision at capacity over many random orders of the tied rows.</summary>
    public static double PrecisionByShuffling(double[] scores, byte[] labels, int percent, int shuffles, int seed)
    {
        Random random = new(seed);
        int capacity = (int)Math.Ceiling(scores.Length * percent / 100.0);
        double sum = 0.0;
        for (int s = 0; s < shuffles; s++)
        {
            int[] rows = [.. Enumerable.Range(0, scores.Length)];
            random.Shuffle(rows);
            sum += rows.OrderByDescending(row => scores[row]).Take(capacity).Sum(row => labels[row]) / (double)capacity;
        }

        return sum / shuffles;
    }

    /// <summary>The calibration error with numpy.array_split's bins over rows in stable order of probability.</summary>
    public static double Ece(double[] probabilities, byte[] labels)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length).OrderBy(row => probabilities[row])];
        double error = 0.0;
        int from = 0;
        for (int bin = 0; bin < 15; bin++)
        {
            int size = (labels.Length / 15) + (bin < labels.Length % 15 ? 1 : 0);
            int[] rows = order[from..(from + size)];
            from += size;
            if (size > 0)
            {
                error += size * Math.Abs(rows.Average(r => (double)labels[r]) - rows.Average(r => probabilities[r]));
            }
        }

        return error / labels.Length;
    }

    /// <summary>The rows written out as often as they count.</summary>
    public static T[] Repeat<T>(T[] values, int[] counts) => [.. values.SelectMany((value, i) => Enumerable.Repeat(value, counts[i]))];
}
