namespace LeadPredict.Learning.Training;

/// <summary>Deals groups to folds: each group whole, groups with and without a positive evenly.</summary>
internal static class GroupFolds
{
    /// <summary>The fold of each row, 0 to <paramref name="folds"/> - 1.</summary>
    public static int[] Assign(ReadOnlySpan<int> groups, ReadOnlySpan<byte> labels, int folds, int seed)
    {
        // Groups in the order they first appear, so that renaming them changes nothing.
        var order = new Dictionary<int, int>();
        var hasPositive = new List<bool>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (order.TryAdd(groups[row], hasPositive.Count))
            {
                hasPositive.Add(false);
            }

            hasPositive[order[groups[row]]] |= labels[row] == 1;
        }

        int[] shuffled = [.. Enumerable.Range(0, hasPositive.Count)];
        new Random(seed).Shuffle(shuffled);
        var foldOfGroup = new int[shuffled.Length];
        int dealt = 0;
        foreach (bool positive in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (int group in shuffled)
            {
                if (hasPositive[group] == positive)
                {
                    foldOfGroup[group] = dealt++ % folds;
                }
            }
        }

        var foldOfRow = new int[groups.Length];
        for (int row = 0; row < foldOfRow.Length; row++)
        {
            foldOfRow[row] = foldOfGroup[order[groups[row]]];
        }

        return foldOfRow;
    }

    /// <summary>The rows of a fold, or all others, in increasing order.</summary>
    public static int[] Rows(int[] folds, int fold, bool inside)
    {
        var rows = new List<int>();
        for (int row = 0; row < folds.Length; row++)
        {
            if (folds[row] == fold == inside)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
