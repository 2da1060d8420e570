namespace LeadPredict.Features.Words;

/// <summary>Cells that mean that nothing is known.</summary>
public static class MissingWords
{
    /// <summary>The usual ones, compared exactly after trimming; empty cells always mean missing.</summary>
    public static readonly IReadOnlyList<string> Usual =
        ["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "Null", "null", "None", "<NA>", "<null>"];
}
