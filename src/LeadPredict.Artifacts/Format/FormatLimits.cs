namespace LeadPredict.Artifacts.Format;

/// <summary>How large a model may be. Files beyond are refused before they are read, so a wrong file cannot exhaust memory.</summary>
public static class FormatLimits
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>Bytes of <c>manifest.json</c> and of <c>aliases.json</c>.</summary>
    public const int IndexBytes = 64 * 1024;

    /// <summary>Bytes of each other file.</summary>
    public const int FileBytes = 256 * 1024 * 1024;

    /// <summary>Objects and arrays inside each other.</summary>
    public const int Depth = 32;

    /// <summary>Features of a model.</summary>
    public const int Columns = 20_000;

    /// <summary>Codes of one category in a model that is imported.</summary>
    public const int CategoryCodes = 100_000;

    /// <summary>Elements of one array of numbers.</summary>
    public const int Elements = 20_000_000;

    /// <summary>Knots of <c>scoreQuantiles</c>: the 0 to 100 % quantiles.</summary>
    public const int QuantileKnots = 101;
}
