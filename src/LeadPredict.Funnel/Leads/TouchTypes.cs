namespace LeadPredict.Funnel.Leads;

/// <summary>The touch types that every company has. A company may add its own.</summary>
public static class TouchTypes
{
    /// <summary>The names, in the order of the HTTP contract.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "page_view", "content_download", "form_submit", "email_sent", "email_open", "email_click", "email_reply",
        "email_unsubscribe", "webinar_registered", "webinar_attended", "demo_request", "pricing_request", "trial_signup",
        "ad_click", "social_engagement", "call", "meeting",
    ];
}
