using System.Text;

namespace LeadPredict.Training.Csv;

/// <summary>One column of a <see cref="ColumnCsv"/> that is no column of numbers.</summary>
/// <param name="Texts">The different cells as written, quotes taken off, in the order in which they first come.</param>
/// <param name="Counts">How many rows have each.</param>
/// <param name="Codes">One a row: the place in <paramref name="Texts"/>.</param>
internal sealed record TextColumn(string[] Texts, int[] Counts, int[] Codes)
{
    private const int MostBytes = 1 << 29;

    /// <summary>Brings together what blocks numbered each for itself; null with more different texts than are worth it.</summary>
    /// <param name="blocks">The texts of each block.</param>
    /// <param name="firstRow">The first row of each block, and the number of rows.</param>
    /// <param name="codes">One a row, by its block's numbers; overwritten.</param>
    /// <param name="mostTexts">More different texts are not taken.</param>
    public static TextColumn? Join(TextDictionary[] blocks, int[] firstRow, int[] codes, int mostTexts)
    {
        bool TooMany(TextDictionary texts) => texts.Count > mostTexts || texts.Bytes > MostBytes;
        var all = new TextDictionary();
        var counts = new List<int>();
        for (int block = 0; block < blocks.Length && !TooMany(all); block++)
        {
            // Block after block, so that the order is that of the file.
            TextDictionary texts = blocks[block];
            var joint = new int[texts.Count];
            for (int code = 0; code < joint.Length; code++)
            {
                joint[code] = all.CodeOf(texts[code]);
            }

            while (counts.Count < all.Count)
            {
                counts.Add(0);
            }

            for (int row = firstRow[block]; row < firstRow[block + 1]; row++)
            {
                codes[row] = joint[codes[row]];
                counts[codes[row]]++;
            }
        }

        return TooMany(all)
            ? null
            : new([.. Enumerable.Range(0, all.Count).Select(code => Encoding.UTF8.GetString(all[code]))], [.. counts], codes);
    }
}
