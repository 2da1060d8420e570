namespace LeadPredict.Training.Simulate;

/// <summary>How this company's marketing decides whom to hand over: points that nobody has checked, and some whim.</summary>
internal static class MarketingRule
{
    public const string Actor = "rule:marketing-points";

    private const double Threshold = 24;

    public static bool Qualifies(VisibleTraits traits, SimulationRandom random) =>
        Points(traits) + random.Normal(0, 11) >= Threshold;

    private static double Points(VisibleTraits traits) =>
        (traits.Job.Level >= JobLevel.Director ? 6 : traits.Job.Level == JobLevel.Student ? -8 : 0)
        + (traits.Employees >= 50 ? 4 : 0)
        + (traits.FreeMail == true ? -4 : 3)
        + (22 * Math.Min(traits.DemoRequests30, 1))
        + (18 * Math.Min(traits.PricingRequests30, 1))
        + (12 * Math.Min(traits.TrialSignups90, 1))
        + (8 * traits.WebinarsAttended90)
        + (3 * Math.Min(traits.EmailClicks90, 4))
        + (1.5 * Math.Min(traits.PageViews30, 6))
        + (1.5 * Math.Min(traits.ActiveDays30, 6))
        + (traits.Unsubscribes > 0 ? -15 : 0);
}
