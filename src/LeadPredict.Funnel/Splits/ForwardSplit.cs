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
        Counts = [.. examples.GroupBy(example => example.Target).OrderBy(target => target.Key).Select(CountsOf)];
    }

    /// <summary>The first instant of the test.</summary>
    public DateTimeOffset TestStart { get; }

    /// <summary>The target whose examples placed the test start, or null when it was given.</summary>
    public Target? DecidedBy { get; }

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
        ArgumentNullException.ThrowIfNull(example);
        SplitSide side = SideOfInstant(example);
        return side is SplitSide.Train or SplitSide.Test && _groups.GetValueOrDefault(example.GroupKey, side) != side
            ? SplitSide.OtherSide
            : side;
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

    private Dictionary<string, SplitSide> SidesOfGroups(IReadOnlyList<TrainingExample> examples)
    {
        Dictionary<string, SplitSide> sides = new(StringComparer.Ordinal);
        foreach (TrainingExample example in examples)
        {
            // Every training example lies before every test example, so a group with any of the former has its earliest there.
            SplitSide side = SideOfInstant(example);
            if (side == SplitSide.Train || (side == SplitSide.Test && !sides.ContainsKey(example.GroupKey)))
            {
                sides[example.GroupKey] = side;
            }
        }

        return sides;
    }

    private SplitCounts CountsOf(IGrouping<Target, TrainingExample> target)
    {
        Dictionary<SplitSide, int> counts = Enum.GetValues<SplitSide>().ToDictionary(side => side, _ => 0);
        int trainConverted = 0, testConverted = 0;
        foreach (TrainingExample example in target)
        {
            SplitSide side = SideOf(example);
            counts[side]++;
            int converted = example.Label == Label.Converted ? 1 : 0;
            trainConverted += side == SplitSide.Train ? converted : 0;
            testConverted += side == SplitSide.Test ? converted : 0;
        }

        return new(target.Key, counts, trainConverted, testConverted);
    }
}
