using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Testing;

/// <summary>Seeded random accounts of one to four leads over 400 days, with late-recorded rows, recycling and moves in any order.</summary>
public static class RandomHistories
{
    public const double Days = 400;

    private static readonly string[] Titles = ["VP Marketing", "Software Engineer", "Geschäftsführer", "Intern", "Head of Sales", "Florist"];
    private static readonly string[] Emails = ["a@gmail.com", "b@acme.example", "info@acme.example", "c@mit.edu", "nobody"];
    private static readonly string[] Pages = ["pricing", "/docs/start", "/careers", "home"];

    /// <summary>Accounts numbered from 0; the same seed and number give the same account.</summary>
    public static IEnumerable<AccountHistory> Accounts(int count, int seed)
    {
        for (int i = 0; i < count; i++)
        {
            Random random = new((seed * 100_003) + i);
            HistoryBuilder account = new($"account-{i:D5}", 0);
            int leads = random.Next(1, 5);
            for (int lead = 0; lead < leads; lead++)
            {
                double created = random.NextDouble() * 200;
                account.With($"lead-{i:D5}-{lead}", created, builder => Fill(builder, created, random));
            }

            yield return account.Build();
        }
    }

    /// <summary>The same account with rows added that happened or were recorded at <paramref name="asOf"/> or later, to every lead, and a lead added.</summary>
    public static AccountHistory WithFuture(AccountHistory account, DateTimeOffset asOf, Random random)
    {
        double day = (asOf - Day.Zero).TotalDays;
        List<LeadHistory> leads = [.. account.Leads.Select(lead => With(lead, Future(lead.Lead, day, random)))];
        LeadBuilder late = new($"{account.Leads[0].Lead.Id}-late", random.NextDouble() * day, recorded: day, account.Leads[0].Lead.AccountId);
        Fill(late, 0, random);
        return new(account.Account, leads.Append(late.Build()));
    }

    private static LeadHistory With(LeadHistory lead, LeadHistory more) => new(
        lead.Lead,
        lead.Touches.Concat(more.Touches.Select(touch => touch with { Id = "~" + touch.Id })),
        lead.Attributes.Concat(more.Attributes),
        lead.Transitions.Concat(more.Transitions.Select(transition => transition with { Id = "!" + transition.Id })),
        lead.Outcomes.Concat(more.Outcomes.Select(outcome => outcome with { Id = "!" + outcome.Id })));

    private static LeadHistory Future(Lead lead, double day, Random random)
    {
        LeadBuilder builder = new(lead.Id, created: 0, account: lead.AccountId);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            builder.Touched(Type(random), day + (random.Next(3) * random.NextDouble()), null, ("page", Pages[random.Next(Pages.Length)]));
            builder.Touched(Type(random), random.NextDouble() * day, day + (random.Next(2) * random.NextDouble()));
            builder.Has("jobTitle", Titles[random.Next(Titles.Length)], random.NextDouble() * day, day);
            builder.Has("employees", random.Next(1000), day);
            builder.Has("brandNew", random.Next(5), day);
            builder.Enters((Stage)random.Next(9), random.NextDouble() * day, day + random.NextDouble());
            builder.Enters((Stage)random.Next(9), day + (random.Next(2) * random.NextDouble()));
            builder.Closes(random.Next(2) == 0, random.NextDouble() * day, recorded: day);
        }

        return builder.Build();
    }

    private static void Fill(LeadBuilder lead, double created, Random random)
    {
        double Later() => created + (random.NextDouble() * (Days - created));
        double? Recorded(double at) => random.Next(4) == 0 ? at + (random.NextDouble() * 20) : null;
        lead.From(random.Next(3) switch { 0 => "paid_search", 1 => "organic_search", _ => "referral" });
        lead.Has("jobTitle", Titles[random.Next(Titles.Length)]).Has("email", Emails[random.Next(Emails.Length)]);
        for (int i = random.Next(4); i > 0; i--)
        {
            double at = Later();
            lead.Has("employees", random.Next(1, 500), at, Recorded(at));
            lead.Has("budget", random.Next(2) == 0, at, Recorded(at));
            lead.Has("renewal", $"2025-{random.Next(1, 13):D2}-{random.Next(1, 29):D2}", at, Recorded(at));
            lead.Has("industry", random.Next(2) == 0 ? "software" : "retail", at, Recorded(at));
        }

        for (int i = random.Next(25); i > 0; i--)
        {
            double at = random.Next(3) == 0 ? Math.Floor(Later()) : Later();
            lead.Touched(Type(random), at, Recorded(at), ("page", Pages[random.Next(Pages.Length)]));
        }

        for (int i = random.Next(6); i > 0; i--)
        {
            double at = Later();
            lead.Enters((Stage)random.Next(9), at, Recorded(at));
        }
    }

    private static string Type(Random random) => TouchTypes.Known[random.Next(TouchTypes.Known.Count)];
}
