namespace LeadPredict.Scorecard.Conditions;

/// <summary>How conditions speak.</summary>
internal static class Evidence
{
    private const int LongestQuote = 80;

    /// <summary>The text in quotes, on one line and cut where it is long.</summary>
    public static string Quote(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestQuote ? $"\"{line}\"" : $"\"{line[..LongestQuote]}…\"";
    }

    /// <summary>An age in whole days, cut.</summary>
    public static string Ago(TimeSpan age) => (int)Math.Floor(age.TotalDays) switch
    {
        <= 0 => "less than a day ago",
        1 => "1 day ago",
        var days => $"{days} days ago",
    };

    /// <summary>Several conditions as one sentence; combined ones inside are put in brackets.</summary>
    public static string Join(IReadOnlyList<Condition> conditions, string word) => conditions.Count == 1
        ? conditions[0].Describe()
        : string.Join(word, conditions.Select(one => one is AllCondition or AnyCondition ? $"({one.Describe()})" : one.Describe()));
}
