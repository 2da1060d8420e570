namespace LeadPredict.Training.Simulate;

/// <summary>What leads do on their own and what campaigns send them. Every touch lies at or after the instant it is made at.</summary>
internal sealed class TouchSimulation(SimulationRandom random)
{
    private static readonly string[] Pages = ["home", "product", "pricing", "blog", "case_study", "docs", "careers"];
    private static readonly string[] Assets = ["buyers_guide", "benchmark_report", "checklist", "white_paper"];
    private static readonly string[] Topics = ["getting_started", "customer_story", "product_update"];
    private static readonly string[] Networks = ["linkedin", "x", "youtube"];

    /// <summary>The first thing a lead does.</summary>
    public void Arrive(SimulatedLead lead, DateTimeOffset at)
    {
        Make(lead, Sources.FirstTouch(lead.Lead.Source ?? "", random), at);
        Follow(lead, at, 0.45);
    }

    /// <summary>A visit of one or more touches within about an hour.</summary>
    public void Visit(SimulatedLead lead, DateTimeOffset at)
    {
        Make(lead, PickType(lead), at);
        Follow(lead, at, 0.45);
    }

    /// <summary>A campaign's mail and what comes back.</summary>
    public void Campaign(SimulatedLead lead, DateTimeOffset at)
    {
        string campaign = FormattableString.Invariant($"newsletter_{at:yyyy_MM}");
        lead.Touch("email_sent", at, random, "campaign", campaign);
        if (!random.Chance(0.42))
        {
            return;
        }

        DateTimeOffset opened = at.AddHours(random.Exponential(9));
        lead.Touch("email_open", opened, random, "campaign", campaign);
        if (random.Chance(0.5))
        {
            lead.Touch("email_click", opened.AddMinutes(random.Between(0.2, 6)), random, "campaign", campaign);
        }

        if (random.Chance(0.05))
        {
            lead.Touch("email_reply", opened.AddMinutes(random.Between(2, 300)), random, "sentiment", random.Chance(0.5) ? "interested" : "not_now");
        }
        else if (random.Chance(0.05))
        {
            lead.Unsubscribed = true;
            lead.Touch("email_unsubscribe", opened.AddMinutes(random.Between(0.2, 6)), random);
        }
    }

    private void Follow(SimulatedLead lead, DateTimeOffset at, double again)
    {
        DateTimeOffset next = at;
        for (int more = 0; more < 6 && random.Chance(again); more++)
        {
            next = next.AddMinutes(0.5 + random.Exponential(9));
            Make(lead, PickType(lead), next);
        }
    }

    private string PickType(SimulatedLead lead)
    {
        double keen = lead.Interest;
        (string, double)[] weights =
        [
            ("page_view", 46), ("content_download", 11), ("form_submit", 7), ("ad_click", 7), ("social_engagement", 7),
            ("webinar_registered", 9), ("demo_request", 5 * keen), ("pricing_request", 5 * keen), ("trial_signup", 3.5 * keen),
        ];
        return random.Pick(weights);
    }

    private void Make(SimulatedLead lead, string type, DateTimeOffset at)
    {
        switch (type)
        {
            case "page_view":
                lead.Touch(type, at, random, "page", random.Pick(Pages));
                break;
            case "content_download":
                lead.Touch(type, at, random, "asset", random.Pick(Assets));
                break;
            case "social_engagement" or "ad_click":
                lead.Touch(type, at, random, "network", random.Pick(Networks));
                break;
            case "webinar_registered":
                string topic = random.Pick(Topics);
                lead.Touch(type, at, random, "topic", topic);
                if (random.Chance(0.55))
                {
                    lead.Touch("webinar_attended", SimulationCalendar.WorkingTime(at.AddDays(random.Between(1, 12)), random), random, "topic", topic);
                }

                break;
            case "form_submit":
                lead.Touch(type, at, random, "form", random.Chance(0.6) ? "newsletter" : "contact");
                break;
            default:
                lead.Touch(type, at, random);
                break;
        }
    }
}
