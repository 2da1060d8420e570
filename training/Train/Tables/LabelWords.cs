using System.Text;

namespace LeadPredict.Training.Train.Tables;

/// <summary>The words that a label column says yes and no with.</summary>
internal static class LabelWords
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Expected = "1 or 0, true or false, yes or no, y or n, won or lost";

    private static readonly (string Word, bool Label)[] Words =
    [
        ("1", true), ("0", false), ("1.0", true), ("0.0", false), ("true", true), ("false", false), ("yes", true), ("no", false),
        ("y", true), ("n", false), ("won", true), ("lost", false),
    ];

    /// <summary>Reads a label, or null when the cell holds none of the words.</summary>
    public static bool? Read(string? cell)
    {
        ReadOnlySpan<char> trimmed = cell.AsSpan().Trim();
        foreach ((string word, bool label) in Words)
        {
            if (Ascii.EqualsIgnoreCase(trimmed, word))
            {
                return label;
            }
        }

        return null;
    }

    /// <summary>The same from bytes without blanks around them.</summary>
    public static bool? Read(ReadOnlySpan<byte> cell)
    {
        foreach ((string word, bool label) in Words)
        {
            if (Ascii.EqualsIgnoreCase(cell, word))
            {
                return label;
            }
        }

        return null;
    }
}
