using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Simulate;

/// <summary>What sales does with an MQL once its fate is drawn. It all lies after the instant of the draw.</summary>
/// <remarks>
/// Times keep the truth the same for every horizon within the bounds that <see cref="MqlTruth"/> names: SQL comes within 45 days,
/// the win within 115 days of it, and who is recycled does not qualify again before a horizon is over.
/// </remarks>
internal sealed class SalesProcess(Agenda agenda, SimulationRandom random, Func<SimulatedLead, double> employees, string country)
{
    private static readonly string[] Reps = ["sales:amira", "sales:boris", "sales:chen", "sales:dana", "sales:erik"];
    private static readonly string[] RecycleReasons = ["no_response", "timing", "no_budget", "wrong_contact"];
    private static readonly string[] DisqualifyReasons = ["not_a_fit", "competitor", "student", "bad_data"];
    private static readonly string[] LossReasons = ["price", "competitor", "no_decision", "missing_feature"];

    /// <summary>Plays an episode out.</summary>
    /// <param name="lead">The MQL.</param>
    /// <param name="asOf">The instant of the draw, in whole seconds.</param>
    /// <param name="qualifies">Whether it becomes SQL.</param>
    /// <param name="closes">Whether it is then won.</param>
    public void Play(SimulatedLead lead, DateTimeOffset asOf, bool qualifies, bool closes)
    {
        string rep = random.Pick(Reps);
        if (!qualifies)
        {
            TurnDown(lead, asOf, rep);
            return;
        }

        DateTimeOffset sql = After(asOf, 2, 11, 41);
        if (random.Chance(0.85))
        {
            agenda.At(Within(asOf, sql, 0.1, 0.5), now => lead.Move(Stage.SalesAccepted, now, random, rep, "fits_profile"));
        }

        Contact(lead, asOf, sql, keen: true);
        agenda.At(sql, now => lead.Move(Stage.SalesQualified, now, random, rep, "need_and_budget_confirmed"));
        Finish(lead, sql, closes, rep);
    }

    private void TurnDown(SimulatedLead lead, DateTimeOffset asOf, string rep)
    {
        double fate = random.NextDouble();
        DateTimeOffset decided = After(asOf, 3, 18, 85);
        if (fate >= 0.96)
        {
            Contact(lead, asOf, decided, keen: false);
            return;
        }

        if (random.Chance(0.45))
        {
            agenda.At(Within(asOf, decided, 0.1, 0.5), now => lead.Move(Stage.SalesAccepted, now, random, rep));
        }

        Contact(lead, asOf, decided, keen: false);
        if (fate < 0.55)
        {
            agenda.At(decided, now => lead.Move(Stage.Disqualified, now, random, rep, random.Pick(DisqualifyReasons)));
        }
        else
        {
            bool silent = random.Chance(0.3);
            agenda.At(decided, now => Recycle(lead, now, silent ? "rule:no-answer" : rep, silent ? "no_response" : random.Pick(RecycleReasons), asOf.AddDays(92)));
        }
    }

    private void Finish(SimulatedLead lead, DateTimeOffset sql, bool closes, string rep)
    {
        DateTimeOffset end = After(sql, 8, 32, 105);
        double fate = random.NextDouble();
        bool deal = closes || fate < 0.75;
        if (deal)
        {
            agenda.At(Within(sql, end, 0.1, 0.4), now => lead.Move(Stage.Opportunity, now, random, rep));
        }

        Contact(lead, sql, end, keen: true);
        if (closes)
        {
            agenda.At(end, now => Decide(lead, now, won: true, rep, null));
        }
        else if (fate < 0.78)
        {
            agenda.At(end, now => Decide(lead, now, won: false, rep, random.Pick(LossReasons)));
        }
        else if (fate < 0.97)
        {
            agenda.At(end, now => Recycle(lead, now, rep, "timing", sql.AddDays(190)));
        }
    }

    private void Decide(SimulatedLead lead, DateTimeOffset now, bool won, string rep, string? reason)
    {
        StageTransition move = lead.Move(won ? Stage.Won : Stage.Lost, now, random, rep, reason);
        if (!won && random.Chance(0.35))
        {
            return;
        }

        double size = Math.Max(5, employees(lead));
        double amount = Math.Exp(random.Normal(Math.Log(9000) + (0.4 * Math.Log(size / 100)), 0.5));
        lead.Outcomes.Add(new Outcome
        {
            Id = FormattableString.Invariant($"{lead.Id}-o{lead.Outcomes.Count + 1}"),
            LeadId = lead.Id,
            Won = won,
            Amount = Math.Round((decimal)amount / 100) * 100,
            Currency = Companies.Currency(country),
            OccurredAt = move.OccurredAt,
            RecordedAt = move.RecordedAt,
        });
    }

    private void Recycle(SimulatedLead lead, DateTimeOffset now, string actor, string reason, DateTimeOffset eligibleFrom)
    {
        lead.EligibleFrom = eligibleFrom;
        lead.Move(Stage.Recycled, now, random, actor, reason);
    }

    /// <summary>Calls, mails and answers between two instants: livelier when it goes well.</summary>
    private void Contact(SimulatedLead lead, DateTimeOffset from, DateTimeOffset to, bool keen)
    {
        void Perhaps(double chance, string type, string? property = null, string? value = null)
        {
            if (random.Chance(chance))
            {
                agenda.At(Within(from, to, 0.02, 0.9), now => lead.Touch(type, now, random, property, value));
            }
        }

        Perhaps(0.6, "email_sent", "campaign", "sales_outreach");
        Perhaps(keen ? 0.7 : 0.45, "call");
        Perhaps(keen ? 0.55 : 0.08, "meeting");
        Perhaps(keen ? 0.45 : 0.1, "email_reply", "sentiment", keen ? "interested" : "not_now");
        Perhaps(keen ? 0.6 : 0.2, "page_view", "page", "pricing");
        Perhaps(keen ? 0.4 : 0.15, "page_view", "page", "case_study");
    }

    /// <summary>A working time some days later: at least <paramref name="least"/> days, less than <paramref name="most"/> and a weekend.</summary>
    private DateTimeOffset After(DateTimeOffset from, double least, double mean, double most)
    {
        double days;
        do
        {
            days = least + random.Exponential(mean);
        }
        while (days >= most);
        return SimulationCalendar.WorkingTime(from.AddDays(days), random);
    }

    private DateTimeOffset Within(DateTimeOffset from, DateTimeOffset to, double low, double high) =>
        SimulationCalendar.WholeSeconds(from + ((to - from) * random.Between(low, high)));
}
