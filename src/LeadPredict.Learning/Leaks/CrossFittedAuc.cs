namespace LeadPredict.Learning.Leaks;

/// <summary>AUC of cells scored by the conversion rate that the same cell had on the other folds.</summary>
internal static class CrossFittedAuc
{
    /// <summary>A cell's rate is drawn to the base rate as if it had so many more rows at that rate: rare cells do not rank first by luck.</summary>
    private const double Prior = 10.0;

    /// <summary>
    /// The AUC within each fold, averaged by the number of pairs; 0.5 when no fold has both classes. Ranks are compared within a fold alone, since the
    /// rates of different folds come from different rows: the fold with the fewest positives has the highest rates outside it.
    /// </summary>
    public static double Of(ColumnCells cells, byte[] labels, int[] foldOf, int folds)
    {
        int[] positives = new int[folds * cells.Count];
        int[] negatives = new int[folds * cells.Count];
        int[] allPositives = new int[cells.Count];
        int[] allNegatives = new int[cells.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            int cell = cells.Cell[row];
            int at = (foldOf[row] * cells.Count) + cell;
            positives[at] += labels[row];
            negatives[at] += 1 - labels[row];
            allPositives[cell] += labels[row];
            allNegatives[cell] += 1 - labels[row];
        }

        double won = 0.0;
        double pairs = 0.0;
        for (int fold = 0; fold < folds; fold++)
        {
            Span<int> foldPositives = positives.AsSpan(fold * cells.Count, cells.Count);
            Span<int> foldNegatives = negatives.AsSpan(fold * cells.Count, cells.Count);
            double[] rates = Rates(allPositives, allNegatives, foldPositives, foldNegatives);
            won += PairsWon(rates, foldPositives, foldNegatives, out double foldPairs);
            pairs += foldPairs;
        }

        return pairs > 0.0 ? won / pairs : 0.5;
    }

    private static double[] Rates(int[] allPositives, int[] allNegatives, Span<int> foldPositives, Span<int> foldNegatives)
    {
        long outsidePositives = 0;
        long outside = 0;
        for (int cell = 0; cell < allPositives.Length; cell++)
        {
            outsidePositives += allPositives[cell] - foldPositives[cell];
            outside += allPositives[cell] - foldPositives[cell] + allNegatives[cell] - foldNegatives[cell];
        }

        double baseRate = outside == 0 ? 0.5 : (double)outsidePositives / outside;
        double[] rates = new double[allPositives.Length];
        for (int cell = 0; cell < rates.Length; cell++)
        {
            int positive = allPositives[cell] - foldPositives[cell];
            int rows = positive + allNegatives[cell] - foldNegatives[cell];
            rates[cell] = (positive + (Prior * baseRate)) / (rows + Prior);
        }

        return rates;
    }

    private static double PairsWon(double[] rates, Span<int> positives, Span<int> negatives, out double pairs)
    {
        int[] order = [.. Enumerable.Range(0, rates.Length)];
        Array.Sort([.. rates], order);
        double won = 0.0;
        double negativesBelow = 0.0;
        double allPositives = 0.0;
        for (int i = 0; i < order.Length;)
        {
            double rate = rates[order[i]];
            double tiedPositives = 0.0;
            double tiedNegatives = 0.0;
            for (; i < order.Length && rates[order[i]] == rate; i++)
            {
                tiedPositives += positives[order[i]];
                tiedNegatives += negatives[order[i]];
            }

            won += tiedPositives * (negativesBelow + (tiedNegatives / 2.0));
            negativesBelow += tiedNegatives;
            allPositives += tiedPositives;
        }

        pairs = allPositives * negativesBelow;
        return won;
    }
}
