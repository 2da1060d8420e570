using System.Text;

namespace LeadPredict.Storage.People;

/// <summary>Accented small letters as one character or as a letter and its accent, which look the same. The framework's own tables are not there where its culture is invariant.</summary>
internal static class ComposedText
{
    // Each accent, then letters without and with it.
    private static readonly string[] Accents =
    [
        "\u0300aàeèiìoòuù", "\u0301aácćeéiílĺnńoórŕsśuúyýzź", "\u0302aâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷ", "\u0303aãiĩnñoõuũ", "\u0304aāeēiīoōuū", "\u0306aăeĕgğiĭoŏuŭ",
        "\u0307cċeėgġzż", "\u0308aäeëiïoöuüyÿ", "\u030Aaåuů", "\u030Boőuű", "\u030Ccčdďeěnňrřsštťzž", "\u0327cçgģkķlļnņrŗsştţ", "\u0328aąeęiįuų",
    ];

    private static readonly Dictionary<(char Letter, char Accent), char> Together = Accents
        .SelectMany(accent => Enumerable.Range(0, (accent.Length - 1) / 2), (accent, i) => (accent[0], Letter: accent[(2 * i) + 1], Whole: accent[(2 * i) + 2]))
        .ToDictionary(entry => (entry.Letter, entry.Item1), entry => entry.Whole);

    private static readonly Dictionary<char, string> Apart = Together.ToDictionary(entry => entry.Value, entry => $"{entry.Key.Letter}{entry.Key.Accent}");

    /// <summary>The text with one character for each accented letter.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var composed = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (composed.Length > 0 && Together.TryGetValue((composed[^1], character), out char whole))
            {
                composed[^1] = whole;
            }
            else
            {
                composed.Append(character);
            }
        }

        return composed.ToString();
    }

    /// <summary>The text with letters and accents apart.</summary>
    public static string Decompose(string text) =>
        Ascii.IsValid(text) ? text : string.Concat(text.Select(character => Apart.GetValueOrDefault(character) ?? character.ToString()));
}
