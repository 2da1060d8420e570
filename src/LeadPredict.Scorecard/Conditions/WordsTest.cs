using System.Buffers;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>Contains one of the listed words or phrases as whole words; <c>market*</c> stands for any word that begins so.</summary>
/// <remarks>Case and punctuation do not count: <c>vice president</c> matches "Vice-President, Sales", and <c>cto</c> does not match "director".</remarks>
internal sealed class WordsTest : ValueTest
{
    private const int LongestOnStack = 256;
    private const int LongestText = 4096;
    private readonly IReadOnlyList<string> _words;
    private readonly SearchValues<string> _needles;

    public WordsTest(IReadOnlyList<string> words)
    {
        _words = words;
        _needles = SearchValues.Create([.. words.Select(Needle)], StringComparison.Ordinal);
    }

    /// <summary>Whether a listed entry has a letter or digit to look for.</summary>
    public static bool IsUsable(string word) => Needle(word).Trim().Length > 0;

    public override bool Passes(AttributeValue value)
    {
        if (value.Text is not { } text)
        {
            return false;
        }

        int room = RoomFor(text.Length);
        Span<char> buffer = room <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[room];
        return Passes(buffer[..Spread(text, buffer)]);
    }

    /// <summary>The same of a text that was taken apart before.</summary>
    /// <param name="words">As <see cref="Spread"/> writes them.</param>
    public bool Passes(ReadOnlySpan<char> words) => words.ContainsAny(_needles);

    /// <summary>How much room <see cref="Spread"/> needs for a text of that length.</summary>
    public static int RoomFor(int length) => Math.Min(length, LongestText) + 2;

    public override string Describe() => _words.Count == 1
        ? $"has the word \"{_words[0]}\""
        : $"has one of the words {string.Join(", ", _words)}";

    private static string Needle(string word)
    {
        bool prefix = word.EndsWith('*');
        Span<char> buffer = new char[word.Length + 2];
        int length = Spread(word, buffer);
        return new string(prefix ? buffer[..length].TrimEnd(' ') : buffer[..length]);
    }

    /// <summary>Writes the words in lower case with one blank around each; returns the length written. Of a long text the beginning counts.</summary>
    public static int Spread(ReadOnlySpan<char> text, Span<char> into)
    {
        // A job title has a few words; nobody's title is a novel.
        text = text[..Math.Min(text.Length, LongestText)];
        int length = 0;
        into[length++] = ' ';
        foreach (char letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                into[length++] = char.ToLowerInvariant(letter);
            }
            else if (into[length - 1] != ' ')
            {
                into[length++] = ' ';
            }
        }

        if (into[length - 1] != ' ')
        {
            into[length++] = ' ';
        }

        return length;
    }
}
