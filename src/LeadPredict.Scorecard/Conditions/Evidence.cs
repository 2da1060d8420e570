using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>How conditions speak.</summary>
internal static class Evidence
{
    private const int LongestQuote = 80;
    private static readonly Phrase[] Ages = [.. Enumerable.Range(0, 1024).Select(AgeOf)];

    /// <summary>The text in quotes, on one line, without what steers a terminal, and cut where it is long.</summary>
    public static string Quote(string text)
    {
        string line = HarmlessText.Line(text);
        return line.Length <= LongestQuote ? $"\"{line}\"" : $"\"{TextStart.Of(line, LongestQuote)}…\"";
    }

    /// <summary>An age in whole days, cut; none below 0.</summary>
    public static int Days(TimeSpan age) => Math.Max(0, (int)Math.Floor(age.TotalDays));

    /// <summary>An age in words.</summary>
    public static string Ago(int days) => days switch
    {
        0 => "less than a day ago",
        1 => "1 day ago",
        _ => $"{days} days ago",
    };

    /// <summary>A blank and an age in words, as they stand in JSON.</summary>
    public static ReadOnlySpan<byte> AgoJson(int days) => (days < Ages.Length ? Ages[days] : AgeOf(days)).Json;

    private static Phrase AgeOf(int days) => Phrase.Of(" " + Ago(days));

    /// <summary>Several conditions as one sentence; combined ones inside are put in brackets.</summary>
    public static string Join(IReadOnlyList<Condition> conditions, string word) => conditions.Count == 1
        ? conditions[0].Describe()
        : string.Join(word, conditions.Select(one => one is AllCondition or AnyCondition ? $"({one.Describe()})" : one.Describe()));
}
