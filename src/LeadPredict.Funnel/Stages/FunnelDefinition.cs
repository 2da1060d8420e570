namespace LeadPredict.Funnel.Stages;

/// <summary>One link of the chain: a lead that is at <paramref name="From"/> reaches <paramref name="To"/> within <paramref name="Horizon"/>.</summary>
/// <param name="From">The stage that opens the link.</param>
/// <param name="To">The stage that converts it; a later stage counts as well.</param>
/// <param name="Horizon">The length of the label window <c>[AsOf, AsOf + Horizon)</c>; positive.</param>
public sealed record FunnelLink(Stage From, Stage To, TimeSpan Horizon);

/// <summary>Which steps a company's funnel has and how long each link may take.</summary>
/// <remarks>
/// The full funnel has two links, MQL to SQL and SQL to won. Where sales qualification is not dated, or the MQL step
/// does not exist, the chain has the one link that is left.
/// </remarks>
public sealed record FunnelDefinition
{
    /// <summary>The longest horizon of a link.</summary>
    public const int LongestHorizonDays = 1000;

    /// <summary>How long an MQL has to become SQL, unless set: 90 days.</summary>
    public static readonly TimeSpan DefaultQualifyHorizon = TimeSpan.FromDays(90);

    /// <summary>How long an SQL has to be won, unless set: 180 days.</summary>
    public static readonly TimeSpan DefaultCloseHorizon = TimeSpan.FromDays(180);

    /// <summary>MQL to SQL in 90 days, SQL to won in 180.</summary>
    public static readonly FunnelDefinition Default = Create([Stage.MarketingQualified, Stage.SalesQualified, Stage.Won]);

    private FunnelDefinition(FunnelLink? qualify, FunnelLink? close, DateTimeOffset? start)
    {
        Qualify = qualify;
        Close = close;
        Start = start;
    }

    /// <summary>The link that ends at <see cref="Stage.SalesQualified"/>, or null where that step is not dated.</summary>
    public FunnelLink? Qualify { get; }

    /// <summary>The link that ends at <see cref="Stage.Won"/>, or null where wins are not known.</summary>
    public FunnelLink? Close { get; }

    /// <summary>Episodes that opened before are left out (left truncation: outcomes were not yet recorded), or null.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The links, first to last: one or two.</summary>
    public IReadOnlyList<FunnelLink> Links => [.. new[] { Qualify, Close }.OfType<FunnelLink>()];

    /// <summary>The stage that opens the chain.</summary>
    public Stage Entry => (Qualify ?? Close)!.From;

    /// <summary><see cref="Entry"/> where a lead in a stage is still on its way to it; null for one that has come there or left the way.</summary>
    public Stage? EntryAhead(Stage stage) => stage.IsForward() && stage < Entry ? Entry : null;

    /// <summary>The stage that ends the chain: <see cref="Stage.Won"/>, or <see cref="Stage.SalesQualified"/> where wins are not known.</summary>
    public Stage Goal => (Close ?? Qualify)!.To;

    /// <summary>How long it takes until it is decided for sure whether a lead at <see cref="Entry"/> reaches <see cref="Goal"/>: the horizons of the links together.</summary>
    public TimeSpan Horizon => Links.Aggregate(TimeSpan.Zero, (sum, link) => sum + link.Horizon);

    /// <summary>Makes a definition from the steps that are dated.</summary>
    /// <param name="steps">Two or three stages in forward order, the last of them SalesQualified or Won; three only as entry, SalesQualified, Won.</param>
    /// <param name="qualifyHorizon">For the link to SQL; default 90 days; 1 to 1,000 days.</param>
    /// <param name="closeHorizon">For the link to won; default 180 days; 1 to 1,000 days.</param>
    /// <param name="start">The left-truncation date, or null.</param>
    /// <exception cref="ArgumentException">The steps or horizons are not as said above; the message names what was found.</exception>
    public static FunnelDefinition Create(
        IReadOnlyList<Stage> steps, TimeSpan? qualifyHorizon = null, TimeSpan? closeHorizon = null, DateTimeOffset? start = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        TimeSpan qualify = InRange(qualifyHorizon ?? DefaultQualifyHorizon, nameof(qualifyHorizon));
        TimeSpan close = InRange(closeHorizon ?? DefaultCloseHorizon, nameof(closeHorizon));
        return steps switch
        {
            [var entry, Stage.SalesQualified] when entry < Stage.SalesQualified =>
                new(new(entry, Stage.SalesQualified, qualify), null, start),
            [var entry, Stage.Won] when entry < Stage.Won =>
                new(null, new(entry, Stage.Won, close), start),
            [var entry, Stage.SalesQualified, Stage.Won] when entry < Stage.SalesQualified =>
                new(new(entry, Stage.SalesQualified, qualify), new(Stage.SalesQualified, Stage.Won, close), start),
            _ => throw new ArgumentException(
                $"steps [{string.Join(", ", steps)}] do not make a funnel; expected an entry stage, then SalesQualified, Won or both",
                nameof(steps)),
        };
    }

    private static TimeSpan InRange(TimeSpan horizon, string name) => horizon.TotalDays is >= 1 and <= LongestHorizonDays
        ? horizon
        : throw new ArgumentException($"horizon of {horizon.TotalDays} days; expected 1 to 1,000 days", name);
}
