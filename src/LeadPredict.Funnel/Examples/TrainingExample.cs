using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Examples;

/// <summary>Which probability an example teaches.</summary>
public enum Target
{
    /// <summary>P(SQL): the link to SQL.</summary>
    Qualify,

    /// <summary>P(close | SQL), or P(close) in a funnel whose one link ends at won.</summary>
    Close,

    /// <summary>P(close) of an MQL: both links in a row. Only in funnels of two links.</summary>
    Chain,
}

/// <summary>One instant of one episode with what became of it. It holds no history and few bytes, so millions can be kept.</summary>
public readonly record struct TrainingExample
{
    private readonly long _asOf;
    private readonly long _maturesAt;

    /// <summary>Which probability it teaches.</summary>
    public required Target Target { get; init; }

    /// <summary>The account's key; examples of one group never part in a split.</summary>
    public required string GroupKey { get; init; }

    /// <summary>The lead.</summary>
    public required string LeadId { get; init; }

    /// <summary>The instant of the decision, in UTC: features know what was known before, the horizon begins here.</summary>
    public required DateTimeOffset AsOf
    {
        get => new(_asOf, TimeSpan.Zero);
        init => _asOf = value.UtcTicks;
    }

    /// <summary>When the label is decided for sure, whatever happens: the end of the horizon, in UTC.</summary>
    public required DateTimeOffset MaturesAt
    {
        get => new(_maturesAt, TimeSpan.Zero);
        init => _maturesAt = value.UtcTicks;
    }

    /// <summary>What became of it.</summary>
    public required Label Label { get; init; }

    /// <summary>Names the episode: unique over leads and links.</summary>
    public string EpisodeKey => $"{LeadId}/{EpisodeStage}/{EpisodeOrdinal}";

    /// <summary>The first stage of the episode's link, or <see cref="Stage.Recycled"/> in nurturing.</summary>
    public required Stage EpisodeStage { get; init; }

    /// <summary>0 for the lead's first episode of its kind.</summary>
    public required int EpisodeOrdinal { get; init; }

    /// <summary>Whether it is the first instant of its episode; the later ones follow as <see cref="EpisodeInstants"/> says.</summary>
    public required bool IsEpisodeStart { get; init; }

    /// <summary>Whether the lead was in nurturing instead of in the link.</summary>
    public bool IsRecycled => EpisodeStage == Stage.Recycled;

    /// <summary>For <see cref="Target.Close"/>: whether it is asked of a lead that was not SQL yet, with the horizon counted from its later SQL entry.</summary>
    public bool IsBeforeLink { get; init; }

    /// <summary>The share of its episode, so that the episode's examples of one target sum to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>Whether the horizon is over by <paramref name="observedUntil"/>. Only mature examples may be learned from: resolved and undecided ones mixed would bias the rate.</summary>
    public bool IsMature(DateTimeOffset observedUntil) => _maturesAt <= observedUntil.UtcTicks;

    /// <summary>The snapshot to make features of.</summary>
    /// <param name="account">The history the example was built from.</param>
    public Snapshot TakeSnapshot(AccountHistory account)
    {
        ArgumentNullException.ThrowIfNull(account);
        string lead = LeadId;
        return Snapshot.Take(
            account,
            account.Find(lead) ?? throw new ArgumentException($"no lead '{lead}' in {account.GroupKey}; expected the account of {GroupKey}", nameof(account)),
            AsOf);
    }
}
