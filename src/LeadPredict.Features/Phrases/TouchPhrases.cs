using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Phrases;

/// <summary>The words for touches.</summary>
internal static class TouchPhrases
{
    private static readonly Dictionary<string, (string One, string Many, string Did, string Never)> Known = new(StringComparer.Ordinal)
    {
        ["page_view"] = ("page view", "page views", "viewed a page", "never viewed a page"),
        ["content_download"] = ("download", "downloads", "downloaded content", "never downloaded content"),
        ["form_submit"] = ("form sent", "forms sent", "sent a form", "never sent a form"),
        ["email_sent"] = ("e-mail received", "e-mails received", "was sent an e-mail", "was never sent an e-mail"),
        ["email_open"] = ("e-mail opened", "e-mails opened", "opened an e-mail", "never opened an e-mail"),
        ["email_click"] = ("e-mail click", "e-mail clicks", "clicked in an e-mail", "never clicked in an e-mail"),
        ["email_reply"] = ("e-mail reply", "e-mail replies", "replied to an e-mail", "never replied to an e-mail"),
        ["email_unsubscribe"] = ("unsubscription", "unsubscriptions", "unsubscribed", "never unsubscribed"),
        ["webinar_registered"] = ("webinar registration", "webinar registrations", "registered for a webinar", "never registered for a webinar"),
        ["webinar_attended"] = ("webinar attended", "webinars attended", "attended a webinar", "never attended a webinar"),
        ["demo_request"] = ("demo request", "demo requests", "asked for a demo", "never asked for a demo"),
        ["pricing_request"] = ("pricing request", "pricing requests", "asked for prices", "never asked for prices"),
        ["trial_signup"] = ("trial signup", "trial signups", "signed up for a trial", "never signed up for a trial"),
        ["ad_click"] = ("ad click", "ad clicks", "clicked on an ad", "never clicked on an ad"),
        ["social_engagement"] = ("social engagement", "social engagements", "engaged on social media", "never engaged on social media"),
        ["call"] = ("call", "calls", "had a call", "never had a call"),
        ["meeting"] = ("meeting", "meetings", "had a meeting", "never had a meeting"),
    };

    public static string Singular(TouchFilter filter) => Words(filter).One + With(filter);

    public static string Plural(TouchFilter filter) => Words(filter).Many + With(filter);

    /// <summary>" in 30 days", or " so far" for all that is known.</summary>
    public static string Within(int? days) => days is { } length ? $" in {Naming.Count(length, "day", "days")}" : " so far";

    public static string Count(TouchCount source, float value) =>
        Naming.Count(value, Singular(source.Filter), Plural(source.Filter)) + Within(source.Days);

    public static string Recency(TouchFilter filter, float days)
    {
        (_, _, string did, string never) = Words(filter);
        return float.IsNaN(days) ? never + With(filter) : $"{did}{With(filter)} {Naming.Ago(days)}";
    }

    private static (string One, string Many, string Did, string Never) Words(TouchFilter filter)
    {
        if (filter.Type is not { } type)
        {
            return ("activity", "activities", "was last active", "was never active");
        }

        string name = Naming.Humanize(type);
        return Known.TryGetValue(type, out var words) ? words : (name, name + " touches", name, "never " + name);
    }

    private static string With(TouchFilter filter) => filter.Property is null ? ""
        : filter.Contains ? $" ({filter.Value})" : $" ({Naming.Humanize(filter.Property)} {filter.Value})";
}
