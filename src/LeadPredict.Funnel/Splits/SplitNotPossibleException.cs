using LeadPredict.Funnel.Examples;

namespace LeadPredict.Funnel.Splits;

/// <summary>The history is too short for its horizons: no instant leaves decided examples both before and after it.</summary>
public sealed class SplitNotPossibleException : Exception
{
    private SplitNotPossibleException(string message)
        : base(message)
    {
    }

    /// <summary>How many examples there were.</summary>
    public int Examples { get; private init; }

    /// <summary>How many of them were mature.</summary>
    public int Mature { get; private init; }

    /// <summary>The earliest instant of an example, or null without any.</summary>
    public DateTimeOffset? First { get; private init; }

    internal static SplitNotPossibleException Of(IReadOnlyList<TrainingExample> examples, DateTimeOffset observedUntil)
    {
        int mature = examples.Count(example => example.IsMature(observedUntil));
        DateTimeOffset? first = examples.Count > 0 ? examples.Min(example => example.AsOf) : null;
        TimeSpan horizon = examples.Where(example => !example.IsBeforeLink)
            .Select(example => example.MaturesAt - example.AsOf).DefaultIfEmpty().Min();
        string message = examples.Count == 0
            ? "no training examples; expected leads that enter the funnel's stages"
            : $"the history cannot be split forward in time: {examples.Count} examples from {first:yyyy-MM-dd}, data until "
                + $"{observedUntil:yyyy-MM-dd}, {mature} of them with their horizon over; expected more than twice the horizon of "
                + $"{horizon.TotalDays:0} days. Load a longer history or set shorter horizons";
        return new(message) { Examples = examples.Count, Mature = mature, First = first };
    }
}
