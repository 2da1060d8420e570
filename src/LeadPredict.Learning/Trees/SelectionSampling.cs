namespace LeadPredict.Learning.Trees;

/// <summary>Draws exactly the wanted number of items, each as likely as any other, in their order (Knuth, volume 2, 3.4.2, algorithm S).</summary>
internal static class SelectionSampling
{
    /// <summary>Draws a share of the numbers from 0 up to, not including, <paramref name="count"/>: at least one, if there are any.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="share">Above 0 to 1.</param>
    /// <param name="random">Asked once for each number, unless all are wanted.</param>
    public static int[] Draw(int count, double share, Random random)
    {
        if (share >= 1 || count == 0)
        {
            return [.. Enumerable.Range(0, count)];
        }

        int wanted = Math.Max(1, (int)Math.Round(share * count));
        var drawn = new int[wanted];
        int taken = 0;
        for (int i = 0; taken < wanted; i++)
        {
            if (random.NextDouble() * (count - i) < wanted - taken)
            {
                drawn[taken++] = i;
            }
        }

        return drawn;
    }
}
