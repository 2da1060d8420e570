namespace LeadPredict.Scorecard.Reading;

/// <summary>Finds the word that was meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 64;

    /// <summary>The nearest of the words at an edit distance of at most 2 (Levenshtein 1966), else one that begins with it, or null.</summary>
    public static string? Nearest(string word, IReadOnlyList<string> words)
    {
        string? nearest = null;
        int least = 3;
        foreach (string other in words)
        {
            int distance = word.Length > LongestWord ? least : Distance(word.ToUpperInvariant(), other.ToUpperInvariant());
            if (distance < least && distance < other.Length)
            {
                (nearest, least) = (other, distance);
            }
        }

        return nearest ?? words.FirstOrDefault(other => word.Length > 2 && other.StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
