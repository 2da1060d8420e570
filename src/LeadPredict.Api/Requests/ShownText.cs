using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>What was sent, as an answer repeats it.</summary>
internal static class ShownText
{
    private const int Longest = 60;

    /// <summary>The text, cut when it is long.</summary>
    public static string Of(string text) => text.Length <= Longest ? text : TextStart.Of(text, Longest) + "...";
}
