using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Training.Simulate;

/// <summary>
/// What the market's true odds depend on, read from a snapshot and from nothing else: the truth can see no more than a model can.
/// </summary>
internal sealed record VisibleTraits
{
    public required DateTimeOffset AsOf { get; init; }

    public required Job Job { get; init; }

    public required string Source { get; init; }

    /// <summary>Null when not (yet) known.</summary>
    public required string? Industry { get; init; }

    /// <summary>Null when not (yet) known.</summary>
    public required string? Country { get; init; }

    /// <summary>NaN when not (yet) known.</summary>
    public required double Employees { get; init; }

    /// <summary>Null when there is no address.</summary>
    public required bool? FreeMail { get; init; }

    public required int DemoRequests30 { get; init; }

    public required int DemoRequests90 { get; init; }

    public required int PricingRequests30 { get; init; }

    public required int TrialSignups90 { get; init; }

    public required int WebinarsAttended90 { get; init; }

    public required int EmailClicks90 { get; init; }

    public required int PageViews30 { get; init; }

    public required int Unsubscribes { get; init; }

    /// <summary>Days of the calendar (UTC) with activity in the last 30 days.</summary>
    public required int ActiveDays30 { get; init; }

    /// <summary>What colleagues did in the last 30 days.</summary>
    public required int ColleagueTouches30 { get; init; }

    public required int Colleagues { get; init; }

    /// <summary>Entries into MQL before the present one.</summary>
    public required int EarlierQualifications { get; init; }

    public static VisibleTraits Read(Snapshot snapshot)
    {
        TimeWindow month = TimeWindow.Lookback(snapshot.AsOf, TimeSpan.FromDays(30));
        TimeWindow quarter = TimeWindow.Lookback(snapshot.AsOf, TimeSpan.FromDays(90));
        string? email = Text(snapshot, "email");
        return new VisibleTraits
        {
            AsOf = snapshot.AsOf,
            Job = JobTitles.Read(Text(snapshot, "jobTitle")),
            Source = snapshot.Lead.Source ?? "",
            Industry = Text(snapshot, "industry"),
            Country = Text(snapshot, "country"),
            Employees = snapshot.Attributes.GetValueOrDefault("employees").Number,
            FreeMail = People.IsFree(email),
            DemoRequests30 = Count(snapshot, "demo_request", month),
            DemoRequests90 = Count(snapshot, "demo_request", quarter),
            PricingRequests30 = Count(snapshot, "pricing_request", month),
            TrialSignups90 = Count(snapshot, "trial_signup", quarter),
            WebinarsAttended90 = Count(snapshot, "webinar_attended", quarter),
            EmailClicks90 = Count(snapshot, "email_click", quarter),
            PageViews30 = Count(snapshot, "page_view", month),
            Unsubscribes = snapshot.Touches.Count(touch => touch.Type == "email_unsubscribe"),
            ActiveDays30 = snapshot.Touches
                .Where(touch => IsActivity(touch) && month.Contains(touch.OccurredAt))
                .Select(touch => touch.OccurredAt.UtcDateTime.Date).Distinct().Count(),
            ColleagueTouches30 = snapshot.Colleagues.Sum(other => other.Touches.Count(touch => IsActivity(touch) && month.Contains(touch.OccurredAt))),
            Colleagues = snapshot.Colleagues.Count,
            EarlierQualifications = Math.Max(0, snapshot.Transitions.Count(move => move.To == Stage.MarketingQualified) - 1),
        };
    }

    /// <summary>What a lead did, as against what it received or what its mail program did for it.</summary>
    private static bool IsActivity(Touch touch) => touch.Type is not ("email_sent" or "email_open" or "email_unsubscribe");

    private static string? Text(Snapshot snapshot, string name) => snapshot.Attributes.GetValueOrDefault(name).Text;

    private static int Count(Snapshot snapshot, string type, TimeWindow window)
    {
        int count = 0;
        foreach (Touch touch in snapshot.Touches)
        {
            count += touch.Type == type && window.Contains(touch.OccurredAt) ? 1 : 0;
        }

        return count;
    }
}
