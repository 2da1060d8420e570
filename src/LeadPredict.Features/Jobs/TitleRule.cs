using System.Buffers;

namespace LeadPredict.Features.Jobs;

/// <summary>A rule of the word lists: a title that has one of the words belongs to the class.</summary>
internal sealed class TitleRule
{
    private readonly SearchValues<string> _needles;

    /// <param name="class">The class's code.</param>
    /// <param name="words">
    /// Comparable words and phrases, as <see cref="TitleText"/> writes them. A trailing <c>*</c> also matches longer words, a leading one
    /// endings (German compounds); letters that are not Latin match anywhere.
    /// </param>
    public TitleRule(int @class, params string[] words)
    {
        Class = @class;
        _needles = SearchValues.Create([.. words.Select(Needle)], StringComparison.Ordinal);
    }

    public int Class { get; }

    public bool Matches(ReadOnlySpan<char> title) => title.ContainsAny(_needles);

    private static string Needle(string word) => word[0] > 0x2E00
        ? word
        : (word[0] == '*' ? "" : " ") + word.Trim('*') + (word[^1] == '*' ? "" : " ");
}
