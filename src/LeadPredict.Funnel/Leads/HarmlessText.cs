using System.Buffers;

namespace LeadPredict.Funnel.Leads;

/// <summary>Text that others wrote, for people to read: without what moves a terminal's cursor, sets its title or turns the direction of writing.</summary>
public static class HarmlessText
{
    // Control characters, and the marks, embeddings, overrides and isolates of both directions of writing.
    private static readonly char[] Steering =
    [
        .. Enumerable.Range(0, 0xA0).Select(unit => (char)unit).Where(char.IsControl),
        '\u061C', '\u200E', '\u200F', .. Enumerable.Range(0x202A, 5).Concat(Enumerable.Range(0x2066, 4)).Select(unit => (char)unit),
    ];

    private static readonly SearchValues<char> InALine = SearchValues.Create(Steering);
    private static readonly SearchValues<char> InLines = SearchValues.Create([.. Steering.Except(['\t', '\r', '\n'])]);

    /// <summary>A text as one line, with a blank for each line end and each character that steers.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Blanked(text.ReplaceLineEndings(" "), InALine);
    }

    /// <summary>Lines, whose ends and tabs stay, with a blank for each other character that steers.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Blanked(text, InLines);
    }

    private static string Blanked(string text, SearchValues<char> steering) => !text.AsSpan().ContainsAny(steering) ? text
        : string.Create(text.Length, (text, steering), static (shown, from) => from.text.AsSpan().ReplaceAny(shown, from.steering, ' '));
}
