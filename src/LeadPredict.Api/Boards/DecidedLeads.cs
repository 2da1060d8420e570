using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Rules;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Boards;

/// <summary>What became of decided leads, beside what model and rules had said of them at the start. Immutable.</summary>
public sealed record DecidedLeads
{
    /// <summary>The question: a lead's way from <see cref="From"/> to <see cref="To"/>.</summary>
    public Stage From { get; init; }

    /// <summary>Where a converted lead ends.</summary>
    public Stage To { get; init; }

    /// <summary>The rules of the card, in its order; <see cref="DecidedLead.Hits"/> count from it.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>How long it takes after a start until it is decided for certain: to the end of the funnel, then to each stage before it that is asked about.</summary>
    public IReadOnlyList<TimeSpan> Horizons { get; init; } = [];

    /// <summary>The leads, in order of time; one may be here for each step.</summary>
    public IReadOnlyList<DecidedLead> Leads { get; init; } = [];

    /// <summary>The horizon of a step, see <see cref="DecidedLead.Step"/>.</summary>
    public TimeSpan HorizonOf(int step) => Horizons[step];
}

/// <summary>One decided lead at the start of its episode.</summary>
/// <param name="At">When its entry was known, and the chance given; a lead that was recorded late began before.</param>
/// <param name="Promised">The model's chance.</param>
/// <param name="Points">The rules' points.</param>
/// <param name="Hits">The rules that it hit, by their numbers, whatever decay and limits made of the points.</param>
/// <param name="Converted">What became of it.</param>
/// <param name="Group">The account's number.</param>
/// <param name="Step">What is decided: 0 the way to the end of the funnel, 1 the way through its first link where there are two.</param>
public sealed record DecidedLead(DateTimeOffset At, float Promised, float Points, ushort[] Hits, bool Converted, int Group, int Step = 0);

/// <summary>Gathers decided leads while the history streams by, and the inputs of those that came lately.</summary>
internal sealed class DecidedTally(PredictionEngine engine, FunnelDefinition funnel, DateTimeOffset observedUntil, StartScores starts, InputTally? inputs)
{
    private readonly ScorecardRule[] _rules = [.. (engine.Compiled.Scorecard?.Definition.Groups ?? []).SelectMany(group => group.Rules)];
    private readonly TimeSpan[] _horizons =
        [funnel.Horizon, .. funnel.Links.Count > 1 ? [funnel.Links[0].Horizon] : Array.Empty<TimeSpan>()];
    private readonly ScorecardTally? _tally = engine.Compiled.Scorecard?.NewTally();
    private readonly List<DecidedLead> _leads = [];
    private AccountHistory? _account;
    private int _group = -1;

    public void Add(AccountHistory account, LeadHistory lead)
    {
        if (account != _account)
        {
            (_account, _group) = (account, _group + 1);
        }

        if (ProfilingObjection.IsRaised(lead))
        {
            return;
        }

        StageTransition[] moves = [.. lead.Transitions.Where(move => Snapshot.Admits(move, observedUntil))];
        FunnelLink first = funnel.Links[0];
        foreach (LinkEpisode episode in LinkEpisodes.Of(lead.Lead, moves, first))
        {
            // As in training: what was over by the time that it was known could not be foreseen.
            if ((funnel.Start is { } start && episode.OpenedAt < start) || EpisodeInstants.FirstOf(lead, episode, observedUntil) is not { } at)
            {
                continue;
            }

            LinkEpisode? second = funnel.Links.Count == 1 || episode.End != EpisodeEnd.Converted
                ? null
                : LinkEpisodes.Of(lead.Lead, moves, funnel.Links[1]).FirstOrDefault(next => next.OpenedAt == episode.EndedAt);
            Label label = funnel.Links.Count == 1
                ? Labeler.Of(episode, at, first.Horizon, observedUntil)
                : Labeler.OfChain(episode, second, at, funnel.Links[1].Horizon, observedUntil);

            StartScore scored = starts.Of(account, lead, at);
            inputs?.Add(at, scored.Row, account.GroupKey);

            // Mature only: who ended early says nothing of those who may yet convert.
            bool isEnd = label != Label.Censored && Labeler.IsMature(at, _horizons[0], observedUntil);
            bool isFirst = funnel.Links.Count > 1 && Labeler.IsMature(at, _horizons[1], observedUntil);
            if (isEnd || isFirst)
            {
                DecidedLead decided = Row(scored, label == Label.Converted);
                _leads.AddRange(isEnd ? [decided] : []);
                _leads.AddRange(isFirst ? [decided with { Step = 1, Converted = Labeler.Of(episode, at, first.Horizon, observedUntil) == Label.Converted }] : []);
            }
        }
    }

    public DecidedLeads Report() => new()
    {
        From = funnel.Entry,
        To = funnel.Goal,
        Horizons = _horizons,
        Rules = [.. _rules.Select(rule => rule.Name)],
        Leads = [.. _leads.OrderBy(lead => lead.At)],
    };

    private DecidedLead Row(StartScore scored, bool converted)
    {
        if (_tally is not null)
        {
            engine.Compiled.Scorecard!.Count(scored.Snapshot, _tally);
        }

        return new(
            scored.Snapshot.AsOf,
            (float)scored.Prediction.Final.Value,
            (float)(_tally?.Points ?? 0),
            [.. Enumerable.Range(0, _rules.Length).Where(rule => _tally!.Holds(_rules[rule])).Select(rule => (ushort)rule)],
            converted,
            _group);
    }
}
