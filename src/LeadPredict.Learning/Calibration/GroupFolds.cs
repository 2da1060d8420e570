namespace LeadPredict.Learning.Calibration;

/// <summary>Deals groups of rows to folds so that no group parts and each fold gets its share of the positives.</summary>
internal static class GroupFolds
{
    /// <summary>Numbers groups 0, 1, 2... as they first appear, so that their names change nothing; empty means each row on its own.</summary>
    public static int[] Number(ReadOnlySpan<int> groups, int rows)
    {
        if (AreRows(groups))
        {
            // Nothing to look up, and with millions of rows much memory saved.
            return [.. Enumerable.Range(0, rows)];
        }

        int[] numbers = new int[rows];
        Dictionary<int, int> known = [];
        for (int row = 0; row < rows; row++)
        {
            if (!known.TryGetValue(groups[row], out numbers[row]))
            {
                numbers[row] = known.Count;
                known.Add(groups[row], numbers[row]);
            }
        }

        return numbers;
    }

    /// <summary>Whether each row is a group of its own, numbered in order, or none are given.</summary>
    public static bool AreRows(ReadOnlySpan<int> groups)
    {
        for (int row = 0; row < groups.Length; row++)
        {
            if (groups[row] != row)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fold of each row, from 0 to <paramref name="folds"/> - 1.</summary>
    /// <param name="labels">0 or 1, one a row.</param>
    /// <param name="groupOf">What <see cref="Number"/> gave.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="seed">Decides which groups meet in a fold.</param>
    public static int[] Deal(byte[] labels, int[] groupOf, int folds, int seed)
    {
        int[] positives = new int[groupOf.Max() + 1];
        for (int row = 0; row < labels.Length; row++)
        {
            positives[groupOf[row]] += labels[row];
        }

        // Shuffled, then by the number of positives with the shuffle kept among equals: dealing in turn stratifies.
        int[] order = [.. Enumerable.Range(0, positives.Length)];
        new Random(seed).Shuffle(order);
        int[] foldOf = new int[order.Length];
        int dealt = 0;
        foreach (int group in order.OrderByDescending(group => positives[group]))
        {
            foldOf[group] = dealt++ % folds;
        }

        return Array.ConvertAll(groupOf, group => foldOf[group]);
    }
}
