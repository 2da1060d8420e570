using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
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

    /// <summary>How long it takes after a start until it is decided for certain.</summary>
    public TimeSpan Horizon { get; init; }

    /// <summary>The leads, in order of time.</summary>
    public IReadOnlyList<DecidedLead> Leads { get; init; } = [];
}

/// <summary>One decided lead at the start of its episode.</summary>
/// <param name="At">The start.</param>
/// <param name="Promised">The model's chance.</param>
/// <param name="Points">The rules' points.</param>
/// <param name="Hits">The rules that it hit, by their numbers, whatever decay and limits made of the points.</param>
/// <param name="Converted">What became of it.</param>
/// <param name="Group">The account's number.</param>
public sealed record DecidedLead(DateTimeOffset At, float Promised, float Points, ushort[] Hits, bool Converted, int Group);

/// <summary>Gathers decided leads while the history streams by.</summary>
internal sealed class DecidedTally(PredictionEngine engine, FunnelDefinition funnel, DateTimeOffset observedUntil)
{
    private readonly Dictionary<string, ushort> _numbers = Numbers(engine.Compiled.Scorecard?.Definition);
    private readonly ScorecardEvaluator? _hits = engine.Compiled.Scorecard is { } card ? HitsOf(card.Definition) : null;
    private readonly TimeSpan _horizon = funnel.Links.Aggregate(TimeSpan.Zero, (sum, link) => sum + link.Horizon);
    private readonly List<DecidedLead> _leads = [];
    private AccountHistory? _account;
    private int _group = -1;

    public void Add(AccountHistory account, LeadHistory lead)
    {
        if (account != _account)
        {
            (_account, _group) = (account, _group + 1);
        }

        StageTransition[] moves = [.. lead.Transitions.Where(move => Snapshot.Admits(move, observedUntil))];
        FunnelLink first = funnel.Links[0];
        foreach (LinkEpisode episode in LinkEpisodes.Of(lead.Lead, moves, first))
        {
            DateTimeOffset at = episode.KnownAt.AddMicroseconds(1);
            if (at >= observedUntil || (funnel.Start is { } start && episode.OpenedAt < start))
            {
                continue;
            }

            LinkEpisode? second = funnel.Links.Count == 1 || episode.End != EpisodeEnd.Converted
                ? null
                : LinkEpisodes.Of(lead.Lead, moves, funnel.Links[1]).FirstOrDefault(next => next.OpenedAt == episode.EndedAt);
            Label label = funnel.Links.Count == 1
                ? Labeler.Of(episode, episode.OpenedAt, first.Horizon, observedUntil)
                : Labeler.OfChain(episode, second, episode.OpenedAt, funnel.Links[1].Horizon, observedUntil);

            // Mature only: who ended early says nothing of those who may yet convert.
            if (label != Label.Censored && episode.OpenedAt + _horizon <= observedUntil)
            {
                _leads.Add(Row(account, lead, at, label == Label.Converted));
            }
        }
    }

    public DecidedLeads Report() => new()
    {
        From = funnel.Entry,
        To = funnel.Links[^1].To,
        Horizon = _horizon,
        Rules = [.. _numbers.OrderBy(rule => rule.Value).Select(rule => rule.Key)],
        Leads = [.. _leads.OrderBy(lead => lead.At)],
    };

    private DecidedLead Row(AccountHistory account, LeadHistory lead, DateTimeOffset at, bool converted)
    {
        Snapshot snapshot = Snapshot.Take(account, lead, at);
        ScorecardResult? rules = engine.Compiled.Scorecard?.Evaluate(snapshot);
        return new(
            at,
            (float)engine.Predict(snapshot).Final.Value,
            (float)(rules?.Points ?? 0),
            [.. (_hits?.Evaluate(snapshot).Items ?? []).Where(item => item.Hits > 0 && _numbers.ContainsKey(item.Rule)).Select(item => _numbers[item.Rule])],
            converted,
            _group);
    }

    /// <summary>The card with a point for each rule: its items are the hits.</summary>
    private static ScorecardEvaluator HitsOf(ScorecardDefinition card) =>
        new(card.WithPoints(card.Groups.SelectMany(group => group.Rules).ToDictionary(rule => rule.Name, _ => 1, StringComparer.Ordinal), 1));

    private static Dictionary<string, ushort> Numbers(ScorecardDefinition? card)
    {
        var numbers = new Dictionary<string, ushort>(StringComparer.Ordinal);
        foreach (string rule in (card?.Groups ?? []).SelectMany(group => group.Rules).Select(rule => rule.Name))
        {
            numbers.TryAdd(rule, (ushort)numbers.Count);
        }

        return numbers;
    }
}
