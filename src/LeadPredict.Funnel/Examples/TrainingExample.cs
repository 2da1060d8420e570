using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;

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

/// <summary>One instant of one episode with what became of it. It holds no history, so millions can be kept.</summary>
public sealed record TrainingExample
{
    /// <summary>Which probability it teaches.</summary>
    public required Target Target { get; init; }

    /// <summary>The account's key; examples of one group never part in a split.</summary>
    public required string GroupKey { get; init; }

    /// <summary>The lead.</summary>
    public required string LeadId { get; init; }

    /// <summary>The instant of the decision: features know what was known before, the horizon begins here.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the label is decided for sure, whatever happens: the end of the horizon.</summary>
    public required DateTimeOffset MaturesAt { get; init; }

    /// <summary>What became of it.</summary>
    public required Label Label { get; init; }

    /// <summary>Names the episode: unique over leads and links.</summary>
    public required string EpisodeKey { get; init; }

    /// <summary>0 for the lead's first episode of its kind.</summary>
    public required int EpisodeOrdinal { get; init; }

    /// <summary>Whether it is the first instant of its episode; the later ones follow every 30 days.</summary>
    public required bool IsEpisodeStart { get; init; }

    /// <summary>Whether the lead was in nurturing instead of in the link.</summary>
    public required bool IsRecycled { get; init; }

    /// <summary>For <see cref="Target.Close"/>: whether it is asked of a lead that was not SQL yet, with the horizon counted from its later SQL entry.</summary>
    public bool IsBeforeLink { get; init; }

    /// <summary>The share of its episode, so that the episode's examples of one target sum to 1; see <see cref="EpisodeWeights"/> for a part of them.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the horizon is over by <paramref name="observedUntil"/>. Only mature examples may be learned from: resolved and undecided ones mixed would bias the rate.</summary>
    public bool IsMature(DateTimeOffset observedUntil) => MaturesAt <= observedUntil;

    /// <summary>The snapshot to make features of.</summary>
    /// <param name="account">The history the example was built from.</param>
    public Snapshot TakeSnapshot(AccountHistory account)
    {
        ArgumentNullException.ThrowIfNull(account);
        LeadHistory lead = account.Find(LeadId)
            ?? throw new ArgumentException($"no lead '{LeadId}' in {account.GroupKey}; expected the account of {GroupKey}", nameof(account));
        return Snapshot.Take(account, lead, AsOf);
    }
}
