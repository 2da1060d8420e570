using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>Contains one of the listed words or phrases as whole words; <c>market*</c> stands for any word that begins so.</summary>
/// <remarks>Case and punctuation do not count: <c>vice president</c> matches "Vice-President, Sales", and <c>cto</c> does not match "director".</remarks>
internal sealed class WordsTest : ValueTest
{
    private const int LongestOnStack = 256;
    private const int LongestText = 4096;
    private readonly IReadOnlyList<string> _words;
    private readonly string[] _needles;

    public WordsTest(IReadOnlyList<string> words)
    {
        _words = words;
        _needles = [.. words.Select(Needle)];
    }

    /// <summary>Whether a listed entry has a letter or digit to look for.</summary>
    public static bool IsUsable(string word) => Needle(word).Trim().Length > 0;

    public override bool Passes(AttributeValue value)
    {
        if (value.Text is not { } text)
        {
            return false;
        }

        // A job title has a few words; nobody's title is a novel.
        ReadOnlySpan<char> source = text.AsSpan(0, Math.Min(text.Length, LongestText));
        Span<char> buffer = source.Length + 2 <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[source.Length + 2];
        ReadOnlySpan<char> words = buffer[..Spread(source, buffer)];
        foreach (string needle in _needles)
        {
            if (words.IndexOf(needle, StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }

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

    /// <summary>Writes the words in lower case with one blank around each; returns the length written.</summary>
    private static int Spread(ReadOnlySpan<char> text, Span<char> into)
    {
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
