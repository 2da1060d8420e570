using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>
/// Makes the report of what a funnel is counted in: leads, stays, episodes, moves and calls, one by one or many at once. Who counts is another's business:
/// <see cref="FunnelMeasurement"/> goes through histories, a store has its database do it. Not safe for several threads.
/// </summary>
public sealed class FunnelTally
{
    private readonly FunnelQuestion _question;
    private readonly LinkTally[] _links;
    private readonly StageTally _stages;
    private readonly RevenueTally _revenue = new();
    private readonly HandOffTally _handOff;
    private readonly PromiseTally _promises;
    private int _leads;

    /// <param name="question">What is measured. All that is added must have been known before its end.</param>
    public FunnelTally(FunnelQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        _question = question;
        _links = [.. question.Funnel.Links.Select(link => new LinkTally(link, question))];
        _stages = new(question.ObservedUntil);
        _handOff = new(question.Definitions);
        _promises = new(question.Definitions, question.ObservedUntil);
    }

    /// <summary>Adds leads of a source.</summary>
    /// <param name="source">The source as it was given, or null.</param>
    /// <param name="leads">How many.</param>
    /// <param name="won">Of these, won.</param>
    /// <param name="withoutAmount">Of the won ones, those of which no amount is known.</param>
    /// <param name="withoutMove">Of the won ones, those that never moved to won.</param>
    public void AddLeads(string? source, int leads, int won, int withoutAmount, int withoutMove)
    {
        _leads += leads;
        _revenue.Add(SegmentNames.Of(source), leads, won, withoutAmount, withoutMove);
    }

    /// <summary>Adds the amounts of won deals of a source in one currency, an empty text where none is named.</summary>
    public void AddAmounts(string? source, string currency, decimal amount, int deals) => _revenue.Add(SegmentNames.Of(source), currency, amount, deals);

    /// <summary>Adds a stay in a stage; <paramref name="closedAt"/> is null while it goes on.</summary>
    public void AddStay(Stage stage, DateTimeOffset openedAt, DateTimeOffset? closedAt) => _stages.Add(stage, openedAt, closedAt);

    /// <summary>Adds an episode of a link.</summary>
    /// <param name="link">The link's place in the funnel.</param>
    /// <param name="openedAt">When it began.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="endedAt">When, or null while it is open.</param>
    /// <param name="source">The lead's source as it was given, or null.</param>
    /// <param name="segments">The segment in each attribute that is asked for.</param>
    /// <param name="band">The score band, or null.</param>
    public void AddEpisode(int link, DateTimeOffset openedAt, EpisodeEnd end, DateTimeOffset? endedAt, string? source, string[] segments, string? band = null) =>
        _links[link].Add(openedAt, end, endedAt, SegmentNames.Of(source), segments, band);

    /// <summary>Adds moves that are alike.</summary>
    /// <param name="month">As <c>2025-07</c>, UTC.</param>
    /// <param name="before">The stage before the one that was left; <see cref="Stage.Lead"/> where there was none.</param>
    /// <param name="from">The stage that was left.</param>
    /// <param name="to">The stage that was entered.</param>
    /// <param name="reason">The reason, or null.</param>
    /// <param name="count">How many.</param>
    public void AddMoves(string month, Stage before, Stage from, Stage to, string? reason, int count) => _handOff.Add(month, before, from, to, reason, count);

    /// <summary>Adds leads that became SQL in a month.</summary>
    public void AddSqls(string month, int count) => _promises.AddSqls(month, count);

    /// <summary>Adds the MQLs of a month and how soon they were called.</summary>
    /// <param name="month">As <c>2025-07</c>, UTC.</param>
    /// <param name="mqls">How many there were.</param>
    /// <param name="kept">Called in time.</param>
    /// <param name="missed">Called too late, or not at all while the time is over.</param>
    /// <param name="running">Not called, and the time is not over.</param>
    public void AddCalls(string month, int mqls, int kept, int missed, int running) => _promises.AddCalls(month, mqls, kept, missed, running);

    /// <summary>Adds how long one of them waited for its first call, or for how long it is known to have waited in vain.</summary>
    /// <param name="month">As <c>2025-07</c>, UTC.</param>
    /// <param name="wait">From becoming MQL on.</param>
    public void AddWait(string month, TimeToConvert wait) => _promises.AddWait(month, wait);

    /// <summary>The figures of all that was added.</summary>
    public FunnelReport Report() => new()
    {
        ObservedUntil = _question.ObservedUntil,
        Leads = _leads,
        BandsFrom = _question.BandsFrom,
        Links = [.. _links.Select(link => WithoutUnknown(link.Measure()))],
        TimeInStage = _stages.Measure(),
        Currency = _revenue.Currency,
        Revenue = _revenue.Measure(_question.FewestInGroup),
        Acceptance = _handOff.Months(),
        Reasons = _handOff.Reasons(),
        Sqls = _promises.Sqls(),
        FirstCalls = _promises.FirstCalls(),
        Definitions = DefinitionChanges.Of(_question.Definitions),
    };

    internal void AddLead(string? source, IReadOnlyList<StageTransition> moves, IReadOnlyList<Outcome> outcomes, IReadOnlyList<StageEpisode> stays, IReadOnlyList<Touch> touches)
    {
        _leads++;
        _revenue.Add(SegmentNames.Of(source), moves, outcomes);
        _handOff.Add(moves);
        _promises.Add(stays, touches);
    }

    private static LinkMeasure WithoutUnknown(LinkMeasure link) => link with
    {
        Segments = [.. link.Segments.Where(segment => segment.Groups.Any(group => group.Name is not (SegmentNames.NotKnown or ToldGroups.AllOthers)))],
    };
}
