namespace LeadPredict.Features.Touches;

/// <summary>Which touch types are a lead's own activity.</summary>
public static class Activity
{
    /// <summary>
    /// False for what a lead merely received (<c>email_sent</c>), for leaving (<c>email_unsubscribe</c>) and for weak evidence:
    /// mail programs fetch pictures unasked, so <c>email_open</c> tells little. Those have counts of their own and stay out of
    /// totals, active days, trend and account activity. Every other type, a company's own ones included, is activity.
    /// </summary>
    public static bool Includes(string type) => type is not ("email_sent" or "email_open" or "email_unsubscribe");
}
