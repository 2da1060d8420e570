namespace LeadPredict.Training.Simulate;

/// <summary>Where leads come from, and what the first thing is that they do.</summary>
internal static class Sources
{
    /// <summary>A source; over the two years paid social grows and events shrink.</summary>
    public static string Pick(DateTimeOffset at, SimulationRandom random)
    {
        double elapsed = SimulationCalendar.Elapsed(at);
        (string, double)[] weights =
        [
            ("organic_search", 20), ("paid_search", 14), ("paid_social", 9 + (5 * elapsed)), ("direct", 10), ("referral", 8),
            ("partner", 6), ("event", 12 - (4 * elapsed)), ("webinar", 9), ("content_syndication", 10), ("outbound", 8),
        ];
        return random.Pick(weights);
    }

    /// <summary>The touch that made the lead known.</summary>
    public static string FirstTouch(string source, SimulationRandom random) => source switch
    {
        "paid_search" or "paid_social" => random.Chance(0.6) ? "ad_click" : "form_submit",
        "webinar" => "webinar_registered",
        "content_syndication" => "content_download",
        "outbound" => "email_sent",
        "event" => random.Chance(0.3) ? "meeting" : "form_submit",
        _ => random.Chance(0.35) ? "form_submit" : "page_view",
    };
}
