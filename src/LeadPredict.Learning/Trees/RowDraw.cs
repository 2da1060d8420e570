namespace LeadPredict.Learning.Trees;

/// <summary>Which rows each tree sees.</summary>
/// <param name="rows">The rows to learn from.</param>
/// <param name="rules">Say how many.</param>
/// <remarks>Asked for one tree after the other; one thread at a time.</remarks>
internal sealed class RowDraw(int[] rows, BoostingRules rules)
{
    /// <summary>So many rows that lie side by side stay together, as they do in memory.</summary>
    private const int Neighbours = 64;

    /// <summary>For each pair of neighbourhoods which of the two goes to the first of two trees.</summary>
    private readonly byte[] _sides = new byte[rules.Halves ? (rows.Length + (2 * Neighbours) - 1) / (2 * Neighbours) : 0];

    /// <summary>Draws the rows of a tree, in their order.</summary>
    /// <param name="tree">Its number, from 0.</param>
    /// <param name="random">Not asked when all rows are seen, nor for the second of two trees that share them out.</param>
    /// <param name="drawn">Overwritten from the first on; has room for all rows.</param>
    /// <returns>How many.</returns>
    public int Draw(int tree, Random random, Span<int> drawn)
    {
        if (rules.Halves)
        {
            if (tree % 2 == 0)
            {
                random.NextBytes(_sides);
            }

            return Half(tree % 2, drawn);
        }

        if (rules.RowShare >= 1)
        {
            rows.CopyTo(drawn);
            return rows.Length;
        }

        int[] places = SelectionSampling.Draw(rows.Length, rules.RowShare, random);
        for (int i = 0; i < places.Length; i++)
        {
            drawn[i] = rows[places[i]];
        }

        return places.Length;
    }

    private int Half(int half, Span<int> drawn)
    {
        int count = 0;
        for (int pair = 0; pair < _sides.Length; pair++)
        {
            int start = ((2 * pair) + ((_sides[pair] + half) & 1)) * Neighbours;
            ReadOnlySpan<int> side = rows.AsSpan(Math.Min(start, rows.Length)..Math.Min(start + Neighbours, rows.Length));
            side.CopyTo(drawn[count..]);
            count += side.Length;
        }

        return count;
    }
}
