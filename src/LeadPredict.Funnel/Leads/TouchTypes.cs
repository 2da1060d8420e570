using System.Buffers;
using System.Globalization;
using System.Text;

namespace LeadPredict.Funnel.Leads;

/// <summary>The touch types that every company has, and how those that it adds are written.</summary>
public static class TouchTypes
{
    /// <summary>The type of touches whose name has no letter and no digit.</summary>
    public const string Other = "other";

    /// <summary>The names, in the order of the HTTP contract.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "page_view", "content_download", "form_submit", "email_sent", "email_open", "email_click", "email_reply",
        "email_unsubscribe", "webinar_registered", "webinar_attended", "demo_request", "pricing_request", "trial_signup",
        "ad_click", "social_engagement", "call", "meeting",
    ];

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>
    /// A name as a touch type, whatever way it comes: <c>Demo Requested</c> and <c>demoRequested</c> are <c>demo_requested</c>. Letters and digits of all scripts stay;
    /// a name of small ASCII letters, digits and underscores is a type as it is.
    /// </summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Plain))
        {
            return name;
        }

        var type = new StringBuilder(name.Length);
        Rune before = default;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool isWord = IsOfWord(rune);
            if ((!isWord || (Rune.IsUpper(rune) && Rune.IsLower(before))) && type.Length > 0 && type[^1] != '_')
            {
                type.Append('_');
            }

            if (isWord)
            {
                type.Append(Rune.ToLowerInvariant(rune).ToString());
            }

            before = rune;
        }

        string trimmed = type.ToString().TrimEnd('_');
        return trimmed.Length == 0 ? Other : trimmed;
    }

    /// <summary>Whether a text is a type as senders of our own shapes write them: what <see cref="Of"/> gives, and with hyphens and dots.</summary>
    public static bool IsOne(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.EnumerateRunes().All(rune => rune.Value is '_' or '-' or '.' || (IsOfWord(rune) && Rune.ToLowerInvariant(rune) == rune));
    }

    /// <summary>Marks are parts of letters: vowels of Indian scripts, accents that stand apart.</summary>
    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>
    /// Whether touches of a type are a lead's own activity. False for what a lead merely received (<c>email_sent</c>), for leaving (<c>email_unsubscribe</c>) and for
    /// weak evidence: mail programs fetch pictures unasked, so <c>email_open</c> tells little. Those have counts of their own and stay out of
    /// totals, active days, trend and account activity. Every other type, a company's own ones included, is activity.
    /// </summary>
    public static bool IsActivity(string type) => type is not ("email_sent" or "email_open" or "email_unsubscribe");
}
