using System.Globalization;
using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Measures the promises of both sides: SQLs a month, and first calls in time. A promise is the one that was in force at its start.</summary>
internal sealed class PromiseTally(HandOffTimeline definitions, DateTimeOffset observedUntil)
{
    private readonly SortedDictionary<string, int> _sqls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Calls> _calls = new(StringComparer.Ordinal);

    public static string MonthOf(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <param name="stays">The lead's stays in order.</param>
    /// <param name="touches">Its touches, known before the end of the data, in order.</param>
    public void Add(IReadOnlyList<StageEpisode> stays, IReadOnlyList<Touch> touches)
    {
        for (int i = 0; i < stays.Count; i++)
        {
            Stage before = i == 0 ? Stage.Lead : stays[i - 1].Stage;
            if (HandOffActions.IsNewSql(i < 2 ? Stage.Lead : stays[i - 2].Stage, before, stays[i].Stage))
            {
                AddSqls(MonthOf(stays[i].OpenedAt), 1);
            }

            if (stays[i].Stage == Stage.MarketingQualified && HandOffActions.IsNewMql(before))
            {
                AddMql(stays[i].OpenedAt, touches);
            }
        }
    }

    /// <summary>Every month from the first SQL or MQL on, those without any included.</summary>
    public IReadOnlyList<PromisedSqls> Sqls()
    {
        if (_sqls.Keys.Concat(_calls.Keys).Min(StringComparer.Ordinal) is not { } first)
        {
            return [];
        }

        List<PromisedSqls> months = [];
        for (DateTimeOffset month = Start(first); month < observedUntil; month = month.AddMonths(1))
        {
            HandOffDefinition inForce = definitions.InForceAt(month);
            int reached = _sqls.GetValueOrDefault(MonthOf(month));
            PromiseState state = inForce.SqlsPerMonth is not { } promised ? PromiseState.NotPromised
                : reached >= promised ? PromiseState.Kept
                : month.AddMonths(1) <= observedUntil ? PromiseState.Missed
                : PromiseState.Running;
            months.Add(new(MonthOf(month), reached, inForce.SqlsPerMonth, state, inForce.Version));
        }

        return months;
    }

    public IReadOnlyList<PromisedCalls> FirstCalls() =>
    [
        .. _calls.Select(entry => new PromisedCalls(
            entry.Key,
            definitions.InForceAt(Start(entry.Key)).FirstCallHours,
            entry.Value.Mqls,
            entry.Value.Kept,
            entry.Value.Missed,
            entry.Value.Running,
            new ConversionCurve(entry.Value.Waits).DaysTo(0.5) * 24)),
    ];

    /// <summary>Adds leads that became SQL.</summary>
    public void AddSqls(string month, int count) => _sqls[month] = _sqls.GetValueOrDefault(month) + count;

    /// <summary>Adds the MQLs of a month.</summary>
    public void AddCalls(string month, int mqls, int kept, int missed, int running)
    {
        Calls calls = CallsOf(month);
        (calls.Mqls, calls.Kept, calls.Missed, calls.Running) = (calls.Mqls + mqls, calls.Kept + kept, calls.Missed + missed, calls.Running + running);
    }

    /// <summary>Adds how long one of them waited for its first call, or for how long it is known to have waited in vain.</summary>
    public void AddWait(string month, TimeToConvert wait) => CallsOf(month).Waits.Add(wait);

    private void AddMql(DateTimeOffset since, IReadOnlyList<Touch> touches)
    {
        Touch? call = touches.FirstOrDefault(touch => touch.Type is "call" or "meeting" && touch.OccurredAt >= since);
        TimeSpan? waited = call?.OccurredAt - since;
        double? hours = waited?.TotalHours;
        double? promised = definitions.InForceAt(since).FirstCallHours;
        bool over = (observedUntil - since).TotalHours > promised;
        AddCalls(
            MonthOf(since),
            1,
            hours <= promised ? 1 : 0,
            hours > promised || (hours is null && over) ? 1 : 0,
            promised is not null && hours is null && !over ? 1 : 0);
        AddWait(MonthOf(since), new((waited ?? observedUntil - since).TotalDays, waited is not null));
    }

    private Calls CallsOf(string month)
    {
        if (!_calls.TryGetValue(month, out Calls? calls))
        {
            _calls.Add(month, calls = new());
        }

        return calls;
    }

    private static DateTimeOffset Start(string month) =>
        DateTimeOffset.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed class Calls
    {
        public int Mqls { get; set; }

        public int Kept { get; set; }

        public int Missed { get; set; }

        public int Running { get; set; }

        public List<TimeToConvert> Waits { get; } = [];
    }
}
