using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Simulate;

/// <summary>
/// Plays the history of one company (or of one person without a company) in order of time. An MQL's truth is computed as its episode
/// becomes known, from a real <see cref="Snapshot"/>; all that comes later happens later, so the snapshot stays what it was.
/// </summary>
internal sealed class AccountSimulation
{
    private readonly SimulationRandom _random;
    private readonly Agenda _agenda = new();
    private readonly TouchSimulation _touches;
    private readonly SalesProcess _sales;
    private readonly Account? _account;
    private readonly string _country;
    private readonly string? _industry;
    private readonly List<SimulatedLead> _leads = [];
    private readonly List<MqlTruth> _truths = [];
    private int? _employees;

    private AccountSimulation(int accountNumber, int firstLead, int leads, SimulationRandom random)
    {
        _random = random;
        _touches = new(random);
        _country = Companies.Country(random);
        _industry = random.Chance(0.94) ? Companies.Industry(random) : null;
        int employees = Companies.Employees(random);
        _employees = random.Chance(0.92) ? employees : null;
        _sales = new(_agenda, random, _ => employees, _country);

        DateTimeOffset start = SimulationCalendar.Arrival(random);
        (string name, string domain) = Companies.Named(accountNumber, random);
        if (leads > 1 || random.Chance(0.85))
        {
            _account = new Account { Id = Number('A', accountNumber), Name = name, Domain = domain, CreatedAt = start, RecordedAt = start };
        }

        for (int i = 0; i < leads; i++)
        {
            int number = firstLead + i;
            DateTimeOffset created = i == 0 ? start : LaterArrival(start);
            _agenda.At(created, now => Create(number, now));
        }

        if (random.Chance(0.12))
        {
            _agenda.At(SimulationCalendar.WholeSeconds(start.AddDays(random.Between(30, 400))), Grow);
        }
    }

    /// <summary>Plays an account through.</summary>
    /// <param name="accountNumber">From 1.</param>
    /// <param name="firstLead">The number of its first lead, from 1.</param>
    /// <param name="leads">How many leads it has, at least one.</param>
    /// <param name="random">The account's own generator.</param>
    public static SimulatedAccount Run(int accountNumber, int firstLead, int leads, SimulationRandom random)
    {
        var simulation = new AccountSimulation(accountNumber, firstLead, leads, random);
        simulation._agenda.RunUntil(SimulationCalendar.End);
        return new SimulatedAccount(simulation._account, simulation._leads, simulation._truths);
    }

    private static string Number(char letter, int number) => FormattableString.Invariant($"{letter}{number:D7}");

    private DateTimeOffset LaterArrival(DateTimeOffset start)
    {
        DateTimeOffset at = SimulationCalendar.WorkingTime(start.AddDays(_random.Exponential(110)), _random);
        return at < SimulationCalendar.End
            ? at
            : SimulationCalendar.WholeSeconds(start + ((SimulationCalendar.End.AddSeconds(-1) - start) * _random.NextDouble()));
    }

    private void Create(int number, DateTimeOffset now)
    {
        string source = Sources.Pick(now, _random);
        DateTimeOffset recorded = RecordingDelay.OfLead(source, now, _random);
        var lead = new SimulatedLead(
            new Lead
            {
                Id = Number('L', number),
                AccountId = _account?.Id,
                Source = source,
                CreatedAt = now,
                RecordedAt = recorded < SimulationCalendar.End ? recorded : now,
            },
            JobTitles.Pick(_random),
            Math.Exp(_random.Normal(-0.1, 0.6)));
        _leads.Add(lead);
        Describe(lead, number);
        _touches.Arrive(lead, now);
        PlanReview(lead, now);
        PlanVisit(lead, now);
        PlanCampaign(lead, now);
        if (_random.Chance(0.04))
        {
            _agenda.At(SimulationCalendar.WholeSeconds(now.AddDays(_random.Between(20, 300))), at => Promote(lead, at));
        }
    }

    private void Describe(SimulatedLead lead, int number)
    {
        DateTimeOffset at = lead.Lead.CreatedAt;
        DateTimeOffset known = lead.Lead.RecordedAt;
        string? domain = _random.Chance(_account is null ? 0.75 : 0.1) ? null : _account?.Domain;
        lead.Set("email", AttributeValue.Of(People.Email(number, domain, _random)), at, known);
        lead.Set("country", AttributeValue.Of(_country), at, known);
        lead.Set("marketingOptIn", AttributeValue.Of(_random.Chance(0.7)), at, known);
        if (_random.Chance(0.94))
        {
            lead.Set("jobTitle", AttributeValue.Of(JobTitles.Write(lead.Job, _random)), at, known);
        }

        if (_industry is not null)
        {
            lead.Set("industry", AttributeValue.Of(_industry), at, RecordingDelay.OfAttribute(known, _random));
        }

        if (_employees is { } employees)
        {
            lead.Set("employees", AttributeValue.Of(employees), at, RecordingDelay.OfAttribute(known, _random));
        }
    }

    private void Promote(SimulatedLead lead, DateTimeOffset now)
    {
        if (lead.Job.Level is JobLevel.Staff or JobLevel.Manager or JobLevel.Director)
        {
            lead.Job = lead.Job with { Level = lead.Job.Level + 1 };
            lead.Set("jobTitle", AttributeValue.Of(JobTitles.Write(lead.Job, _random)), now, RecordingDelay.OfAttribute(now, _random));
        }
    }

    private void Grow(DateTimeOffset now)
    {
        if (_employees is not { } before)
        {
            return;
        }

        int after = Companies.Rounded(Math.Max(3, before * _random.Between(0.7, 2)));
        _employees = after;
        foreach (SimulatedLead lead in _leads)
        {
            lead.Set("employees", AttributeValue.Of(after), now, RecordingDelay.OfAttribute(now, _random));
        }
    }

    private void PlanVisit(SimulatedLead lead, DateTimeOffset from)
    {
        if (_random.Chance(0.76))
        {
            double gap = 1 + _random.Exponential(26 / lead.Interest);
            _agenda.At(SimulationCalendar.WorkingTime(from.AddDays(gap), _random), now =>
            {
                if (!lead.Stage.IsFinal())
                {
                    _touches.Visit(lead, now);
                    PlanReview(lead, now);
                    PlanVisit(lead, now);
                }
            });
        }
        else if (_random.Chance(0.35))
        {
            // Months of silence, then a new interest.
            _agenda.At(SimulationCalendar.WorkingTime(from.AddDays(_random.Between(60, 200)), _random), now => PlanVisit(lead, now));
        }
    }

    private void PlanCampaign(SimulatedLead lead, DateTimeOffset from)
    {
        if (!_random.Chance(0.58))
        {
            return;
        }

        _agenda.At(SimulationCalendar.WorkingTime(from.AddDays(4 + _random.Exponential(28)), _random), now =>
        {
            if (!lead.Unsubscribed && !lead.Stage.IsFinal())
            {
                _touches.Campaign(lead, now);
                PlanReview(lead, now);
                PlanCampaign(lead, now);
            }
        });
    }

    /// <summary>Marketing looks at the lead some time after it did something: within the hour, or with the next list.</summary>
    private void PlanReview(SimulatedLead lead, DateTimeOffset from)
    {
        double days = _random.Chance(0.5) ? _random.Between(0.05, 0.2) : _random.Between(0.5, 7);
        DateTimeOffset at = from.AddDays(days);
        at = at > lead.Lead.RecordedAt ? at : lead.Lead.RecordedAt.AddMinutes(30);
        _agenda.At(SimulationCalendar.WholeSeconds(at), now => Review(lead, now));
    }

    private void Review(SimulatedLead lead, DateTimeOffset now)
    {
        if (lead.Stage is not (Stage.Lead or Stage.Recycled) || now < lead.EligibleFrom
            || !MarketingRule.Qualifies(VisibleTraits.Read(LookAtOne(lead, now)), _random))
        {
            return;
        }

        lead.Episodes++;
        StageTransition opening = lead.Move(Stage.MarketingQualified, now, _random, MarketingRule.Actor, "points_reached");
        _agenda.At(opening.RecordedAt, known => DrawFate(lead, known), last: true);
    }

    private void DrawFate(SimulatedLead lead, DateTimeOffset known)
    {
        DateTimeOffset asOf = known.AddMilliseconds(1);
        VisibleTraits traits = VisibleTraits.Read(Look(lead, asOf));
        var truth = new MqlTruth(lead.Id, lead.Episodes, asOf, TrueOdds.Sql(traits), TrueOdds.CloseGivenSql(traits));
        _truths.Add(truth);
        _sales.Play(lead, known, _random.Chance(truth.Sql), _random.Chance(truth.CloseGivenSql));
    }

    /// <summary>Marketing's points know nothing of colleagues, so a cheaper look does.</summary>
    private Snapshot LookAtOne(SimulatedLead lead, DateTimeOffset asOf)
    {
        LeadHistory history = lead.ToHistory();
        return Snapshot.Take(new AccountHistory(_account, [history]), history, asOf);
    }

    private Snapshot Look(SimulatedLead lead, DateTimeOffset asOf)
    {
        LeadHistory[] histories = [.. _leads.Select(one => one.ToHistory())];
        return Snapshot.Take(new AccountHistory(_account, histories), histories[_leads.IndexOf(lead)], asOf);
    }
}
