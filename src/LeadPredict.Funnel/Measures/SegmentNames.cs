using LeadPredict.Funnel.Leads;

namespace LeadPredict.Funnel.Measures;

/// <summary>How groups are called.</summary>
public static class SegmentNames
{
    /// <summary>The name of the group of leads of which the thing is not known.</summary>
    public const string NotKnown = "(not known)";

    private const int Longest = 80;
    private static readonly double[] Starts = [1, 10, 50, 250, 1000, 5000];

    /// <summary>The segment of a value: a text as it is, a number by size.</summary>
    public static string Of(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Text => Of(value.Text),
        AttributeKind.Boolean => value.Boolean!.Value ? "yes" : "no",
        AttributeKind.Number => OfNumber(value.Number),
        _ => NotKnown,
    };

    /// <summary>The segment of a text: trimmed, and cut where it is longer than any name.</summary>
    public static string Of(string? text) => text?.Trim() is { Length: > 0 } known
        ? known.Length <= Longest ? known : TextStart.Of(known, Longest - 1) + "…"
        : NotKnown;

    /// <summary>The names of numbers by size: a name and from where on (included) numbers have it, the highest first; the last holds for all that are lower.</summary>
    public static IReadOnlyList<(double From, string Name)> NumberBands { get; } =
        [.. Starts.Reverse().Select(start => (start, OfNumber(start))), (double.NegativeInfinity, OfNumber(double.NegativeInfinity))];

    private static string OfNumber(double number)
    {
        int band = Array.FindLastIndex(Starts, start => number >= start);
        return band < 0 ? FormattableString.Invariant($"below {Starts[0]}")
            : band == Starts.Length - 1 ? FormattableString.Invariant($"{Starts[band]} and more")
            : FormattableString.Invariant($"{Starts[band]} to {Starts[band + 1] - 1}");
    }
}
