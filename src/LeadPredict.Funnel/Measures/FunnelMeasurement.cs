using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>What is to be measured.</summary>
/// <param name="Funnel">The company's steps and horizons.</param>
/// <param name="Definitions">What marketing and sales agreed on over time.</param>
/// <param name="ObservedUntil">The history tells of everything before this instant; rows that happened or were recorded later are left out.</param>
public sealed record FunnelQuestion(FunnelDefinition Funnel, HandOffTimeline Definitions, DateTimeOffset ObservedUntil)
{
    /// <summary>The attributes to measure by; those that no lead has are left out.</summary>
    public IReadOnlyList<string> Segments { get; init; } = ["industry", "employees", "country"];

    /// <summary>How many leads a source, and how many episodes a group of a link, must have to be told by name: what fewer have, such as an address with somebody's name in it, may tell of one lead.</summary>
    public int FewestInGroup { get; init; }

    /// <summary>Where the score bands come from, in words; null when there are none.</summary>
    public string? BandsFrom { get; init; }
}

/// <summary>Says in which score band an episode began, or null when that is not known.</summary>
/// <param name="account">The account.</param>
/// <param name="lead">One of its leads.</param>
/// <param name="episode">One of the lead's episodes.</param>
public delegate string? ScoreBandOf(AccountHistory account, LeadHistory lead, LinkEpisode episode);

/// <summary>Measures a funnel, account by account. Memory holds a few dozen bytes for each episode, not the history. Not safe for several threads.</summary>
public sealed class FunnelMeasurement
{
    private readonly FunnelQuestion _question;
    private readonly ScoreBandOf? _bandOf;
    private readonly FunnelTally _tally;

    /// <param name="question">What is to be measured.</param>
    /// <param name="bandOf">Gives the score bands, or null to do without.</param>
    public FunnelMeasurement(FunnelQuestion question, ScoreBandOf? bandOf = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        _question = bandOf is null ? question with { BandsFrom = null } : question;
        _bandOf = bandOf;
        _tally = new(_question);
    }

    /// <summary>Measures a whole history.</summary>
    public static async Task<FunnelReport> OfAsync(
        IAsyncEnumerable<AccountHistory> accounts, FunnelQuestion question, ScoreBandOf? bandOf = null, CancellationToken ct = default)
    {
        var measurement = new FunnelMeasurement(question, bandOf);
        await foreach (AccountHistory account in accounts.WithCancellation(ct).ConfigureAwait(false))
        {
            measurement.Add(account);
        }

        return measurement.Report();
    }

    /// <summary>Adds the leads of an account.</summary>
    public void Add(AccountHistory account)
    {
        ArgumentNullException.ThrowIfNull(account);
        foreach (LeadHistory history in account.Leads)
        {
            if (history.Lead.CreatedAt < _question.ObservedUntil && history.Lead.RecordedAt < _question.ObservedUntil)
            {
                Add(account, history);
            }
        }
    }

    /// <summary>The figures of all that was added.</summary>
    public FunnelReport Report() => _tally.Report();

    private void Add(AccountHistory account, LeadHistory history)
    {
        string? source = history.Lead.Source;
        StageTransition[] moves = [.. history.Transitions.Where(Known)];
        IReadOnlyList<StageEpisode> stays = StageEpisode.Of(history.Lead, moves);
        foreach (StageEpisode stay in stays)
        {
            _tally.AddStay(stay.Stage, stay.OpenedAt, stay.ClosedAt);
        }

        for (int link = 0; link < _question.Funnel.Links.Count; link++)
        {
            foreach (LinkEpisode episode in LinkEpisodes.Of(history.Lead, moves, _question.Funnel.Links[link]))
            {
                if (_question.Funnel.Start is null || episode.OpenedAt >= _question.Funnel.Start)
                {
                    _tally.AddEpisode(link, episode.OpenedAt, episode.End, episode.EndedAt, source, Segments(history, episode.OpenedAt), _bandOf?.Invoke(account, history, episode));
                }
            }
        }

        _tally.AddLead(source, moves, [.. history.Outcomes.Where(Known)], stays, [.. history.Touches.Where(Known)]);
    }

    /// <summary>The values as of the episode's start; what was said only later stands in where nothing was known then.</summary>
    private string[] Segments(LeadHistory history, DateTimeOffset at) =>
    [
        .. _question.Segments.Select(name =>
        {
            AttributeChange[] changes = [.. history.Attributes.Where(change => Known(change) && string.Equals(change.Name, name, StringComparison.OrdinalIgnoreCase))];
            AttributeChange? value = changes.LastOrDefault(change => change.OccurredAt <= at) ?? changes.FirstOrDefault();
            return SegmentNames.Of(value?.Value ?? AttributeValue.Missing);
        }),
    ];

    private bool Known(HistoryRow row) => Snapshot.Admits(row, _question.ObservedUntil);
}
