namespace LeadPredict.Funnel.Stages;

/// <summary>The words for stages: their names, the usual short forms, and those of common CRMs. Case, blanks and hyphens do not matter.</summary>
public static class StageWords
{
    /// <summary>What to expect, for messages.</summary>
    public static readonly string Expected = "one of " + string.Join(", ", Enum.GetNames<Stage>());

    private static readonly Dictionary<string, Stage> Words = Known();

    /// <summary>The stage that a word means, or null.</summary>
    public static Stage? Find(string word) =>
        Words.TryGetValue(string.Concat(word.Where(char.IsLetterOrDigit)), out Stage stage) ? stage : null;

    private static Dictionary<string, Stage> Known()
    {
        var words = new Dictionary<string, Stage>(StringComparer.OrdinalIgnoreCase)
        {
            ["subscriber"] = Stage.Lead,
            ["mql"] = Stage.MarketingQualified,
            ["marketingqualifiedlead"] = Stage.MarketingQualified,
            ["sal"] = Stage.SalesAccepted,
            ["salesacceptedlead"] = Stage.SalesAccepted,
            ["sql"] = Stage.SalesQualified,
            ["salesqualifiedlead"] = Stage.SalesQualified,
            ["customer"] = Stage.Won,
            ["closedwon"] = Stage.Won,
            ["closedlost"] = Stage.Lost,
        };
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            words.Add(stage.ToString(), stage);
        }

        return words;
    }
}
