using System.Buffers;
using System.Text;

namespace LeadPredict.Training.Train.Tables;

/// <summary>The words that a label column says yes and no with.</summary>
internal static class LabelWords
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Expected = "1 or 0, true or false, t or f, yes or no, y or n, won or lost";

    private const int Longest = 32;

    private static readonly (string Word, bool Label)[] Words =
    [
        ("1", true), ("0", false), ("true", true), ("false", false), ("t", true), ("f", false), ("yes", true), ("no", false),
        ("y", true), ("n", false), ("won", true), ("lost", false),
    ];

    /// <summary>Reads a label, or null when the cell holds none of the words.</summary>
    public static bool? Read(string? cell)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        return Ascii.FromUtf16(cell.AsSpan().Trim(), bytes, out int length) == OperationStatus.Done ? Read(bytes[..length]) : null;
    }

    /// <summary>The same from bytes without blanks around them.</summary>
    public static bool? Read(ReadOnlySpan<byte> cell)
    {
        // Programs write 1 with as many places as the column has.
        if (cell is [(byte)'0' or (byte)'1', (byte)'.', (byte)'0', ..] && cell.Length <= Longest && cell[2..].IndexOfAnyExcept((byte)'0') < 0)
        {
            cell = cell[..1];
        }

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
