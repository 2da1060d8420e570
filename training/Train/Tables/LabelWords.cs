namespace LeadPredict.Training.Train.Tables;

/// <summary>The words that a label column says yes and no with.</summary>
internal static class LabelWords
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Expected = "1 or 0, true or false, yes or no, y or n, won or lost";

    /// <summary>Reads a label, or null when the cell holds none of the words.</summary>
    public static bool? Read(string? cell) => cell?.Trim().ToLowerInvariant() switch
    {
        "1" or "1.0" or "true" or "yes" or "y" or "won" => true,
        "0" or "0.0" or "false" or "no" or "n" or "lost" => false,
        _ => null,
    };
}
