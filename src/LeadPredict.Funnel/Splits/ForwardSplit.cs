using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;

namespace LeadPredict.Funnel.Splits;

/// <summary>
/// A split that goes forward in time: learn from what was decided before one instant, test on what was asked from that instant on. The
/// embargo between them is each example's own horizon, and no account stands on both sides.
/// </summary>
/// <remarks>
/// One test start serves all targets, so a model of the chain is tested on leads that none of its links learned from. An account belongs to
/// the side of its earliest usable example; its examples on the other side are dropped. Immutable.
/// </remarks>
public sealed class ForwardSplit
{
    private readonly Dictionary<string, SplitSide> _groups;
    private readonly DateTimeOffset _observedUntil;

    private ForwardSplit(
        IReadOnlyList<TrainingExample> examples, DateTimeOffset testStart, Target? decidedBy, DateTimeOffset observedUntil)
    {
        TestStart = testStart;
        DecidedBy = decidedBy;
        _observedUntil = observedUntil;
        _groups = SidesOfGroups(examples);
        Sides = SidesOf(examples);
        Counts = CountsOf(examples);
    }

    /// <summary>The first instant of the test.</summary>
    public DateTimeOffset TestStart { get; }

    /// <summary>The target whose examples placed the test start, or null when it was given.</summary>
    public Target? DecidedBy { get; }

    /// <summary>Where each example goes that the split was made with, in their order.</summary>
    public IReadOnlyList<SplitSide> Sides { get; }

    /// <summary>What went where, for each target that has examples.</summary>
    public IReadOnlyList<SplitCounts> Counts { get; }

    /// <summary>Splits examples of one or more targets.</summary>
    /// <param name="examples">All examples of a history, in any order.</param>
    /// <param name="observedUntil">The end of the data, as the examples were built with.</param>
    /// <param name="options">Default: <see cref="SplitOptions"/> as it is.</param>
    /// <exception cref="SplitNotPossibleException">No test start leaves examples on both sides; the message says how far the data reaches.</exception>
    public static ForwardSplit Of(
        IReadOnlyList<TrainingExample> examples, DateTimeOffset observedUntil, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        options ??= new();
        if (options.TestStart is { } given)
        {
            return new(examples, given, null, observedUntil);
        }

        (DateTimeOffset start, Target decidedBy) = TestStartChoice.Of(examples, observedUntil, options);
        return new(examples, start, decidedBy, observedUntil);
    }

    /// <summary>Where an example goes. Examples of accounts that the split was not made with are placed by their instants alone.</summary>
    public SplitSide SideOf(TrainingExample example)
    {
        SplitSide side = SideOfInstant(example);
        return Within(_groups.GetValueOrDefault(example.GroupKey, side), side);
    }

    /// <summary>The examples of one target on one side, ordered by AsOf, then lead (ordinal).</summary>
    public IReadOnlyList<TrainingExample> Select(IEnumerable<TrainingExample> examples, Target target, SplitSide side) =>
    [
        .. examples.Where(example => example.Target == target && SideOf(example) == side)
            .OrderBy(example => example.AsOf).ThenBy(example => example.LeadId, StringComparer.Ordinal)
            .ThenBy(example => example.EpisodeKey, StringComparer.Ordinal),
    ];

    private SplitSide SideOfInstant(TrainingExample example) =>
        !example.IsMature(_observedUntil) || example.Label == Label.Censored ? SplitSide.Immature
        : example.AsOf >= TestStart ? TestStartChoice.IsEntry(example) ? SplitSide.Test : SplitSide.NotEpisodeStart
        : example.MaturesAt <= TestStart ? SplitSide.Train
        : SplitSide.Embargoed;

    /// <summary>The side of an example whose account is of a side.</summary>
    private static SplitSide Within(SplitSide group, SplitSide instant) =>
        instant is SplitSide.Train or SplitSide.Test && group != instant ? SplitSide.OtherSide : instant;

    private Dictionary<string, SplitSide> SidesOfGroups(IReadOnlyList<TrainingExample> examples)
    {
        Dictionary<string, SplitSide> sides = new(StringComparer.Ordinal);
        (string? Group, SplitSide? Side) last = default;
        for (int i = 0; i < examples.Count; i++)
        {
            // Every training example lies before every test example, so a group with any of the former has its earliest there.
            TrainingExample example = examples[i];
            SplitSide side = SideOfInstant(example);
            if (side is not (SplitSide.Train or SplitSide.Test))
            {
                continue;
            }

            // Examples of an account mostly follow each other.
            if (!ReferenceEquals(last.Group, example.GroupKey))
            {
                last = (example.GroupKey, sides.TryGetValue(example.GroupKey, out SplitSide known) ? known : null);
            }

            if (last.Side is null || (side == SplitSide.Train && last.Side == SplitSide.Test))
            {
                sides[example.GroupKey] = side;
                last.Side = side;
            }
        }

        return sides;
    }

    private SplitSide[] SidesOf(IReadOnlyList<TrainingExample> examples)
    {
        var sides = new SplitSide[examples.Count];
        (string? Group, SplitSide? Side) last = default;
        for (int i = 0; i < sides.Length; i++)
        {
            TrainingExample example = examples[i];
            if (!ReferenceEquals(last.Group, example.GroupKey))
            {
                last = (example.GroupKey, _groups.TryGetValue(example.GroupKey, out SplitSide known) ? known : null);
            }

            SplitSide side = SideOfInstant(example);
            sides[i] = Within(last.Side ?? side, side);
        }

        return sides;
    }

    private SplitCounts[] CountsOf(IReadOnlyList<TrainingExample> examples)
    {
        var targets = new SortedDictionary<Target, (Dictionary<SplitSide, int> Counts, int TrainConverted, int TestConverted)>();
        for (int i = 0; i < examples.Count; i++)
        {
            TrainingExample example = examples[i];
            if (!targets.TryGetValue(example.Target, out (Dictionary<SplitSide, int> Counts, int TrainConverted, int TestConverted) of))
            {
                of = (Enum.GetValues<SplitSide>().ToDictionary(side => side, _ => 0), 0, 0);
            }

            int converted = example.Label == Label.Converted ? 1 : 0;
            of.Counts[Sides[i]]++;
            of.TrainConverted += Sides[i] == SplitSide.Train ? converted : 0;
            of.TestConverted += Sides[i] == SplitSide.Test ? converted : 0;
            targets[example.Target] = of;
        }

        return [.. targets.Select(target => new SplitCounts(target.Key, target.Value.Counts, target.Value.TrainConverted, target.Value.TestConverted))];
    }
}
