using System.Collections.Frozen;

namespace LeadPredict.Features.Words;

/// <summary>Cells that mean that nothing is known.</summary>
public static class MissingWords
{
    /// <summary>The usual ones, compared exactly after trimming; empty cells always mean missing.</summary>
    public static readonly IReadOnlyList<string> Usual =
        ["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "Null", "null", "None", "<NA>", "<null>"];

    /// <summary>
    /// What in a column of numbers or dates can only mean that none is there, compared without case: the usual words and the signs that programs write.
    /// Among texts each may be a category.
    /// </summary>
    internal static readonly FrozenSet<string> AmongNumbers =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, [.. Usual, "?", "-", ".", "inf", "-inf", "NaT", "N.A.", "0000-00-00", "0000-00-00 00:00:00"]);
}
