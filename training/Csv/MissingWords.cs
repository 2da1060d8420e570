namespace LeadPredict.Training.Csv;

/// <summary>Words that stand for a missing value. They compare without case and surrounding blanks; the empty cell is always one.</summary>
internal sealed class MissingWords
{
    /// <summary>Empty, NULL, N/A, #N/A, NaN, and the <c>Select</c> of an untouched drop-down field.</summary>
    public static readonly MissingWords Default = new(["NULL", "N/A", "#N/A", "NaN", "Select"]);

    private readonly string[] _words;

    public MissingWords(IEnumerable<string> words) => _words = [.. words];

    public IReadOnlyList<string> Words => _words;

    /// <summary>Whether the cell says that nothing is known.</summary>
    public bool Contains(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> trimmed = cell.Trim();
        if (trimmed.IsEmpty)
        {
            return true;
        }

        foreach (string word in _words)
        {
            if (trimmed.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
