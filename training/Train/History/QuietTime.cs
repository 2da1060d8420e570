using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Train.History;

/// <summary>
/// Finds the longest time in which no lead moved, that from the last move to the end of the history included. Where a company's stages come every few days, months without any were most often not recorded, and leads that waited
/// then count as not converted.
/// </summary>
internal sealed class QuietTime
{
    /// <summary>A holiday may be as long.</summary>
    private const int LeastDays = 28;

    /// <summary>So seldom are there so many days without moves by chance, at the rate of the days with some.</summary>
    private const double Chance = 1e-3;

    private readonly HashSet<int> _days = [];

    /// <summary>Adds a lead's moves.</summary>
    public void Add(IEnumerable<StageTransition> moves) => _days.UnionWith(moves.Select(move => DayOf(move.OccurredAt)));

    /// <summary>Adds those of other leads.</summary>
    public void Add(QuietTime other) => _days.UnionWith(other._days);

    /// <summary>The longest one in a sentence, if it is longer than chance makes it; else null.</summary>
    /// <param name="observedUntil">The history tells of everything before this instant.</param>
    public string? Warning(DateTimeOffset observedUntil)
    {
        int end = DayOf(observedUntil) + 1;
        int[] moved = [.. _days.Where(day => day < end).Order()];
        if (moved.Length == 0)
        {
            return null;
        }

        (int quiet, int from, int to) = moved.Zip([.. moved.Skip(1), end]).Select(pair => (pair.Second - pair.First - 1, pair.First + 1, pair.Second - 1)).MaxBy(gap => gap.Item1);
        double rate = moved.Length / (double)(end - moved[0]);
        if (quiet < LeastDays || moved.Length * Math.Exp(-quiet * rate) >= Chance)
        {
            return null;
        }

        string found = FormattableString.Invariant($"No lead changed its stage for {quiet} days, from {Day(from)} to {Day(to)}");
        return to == end - 1
            ? $"{found}, though other things were recorded to the end. If stages were not recorded then, leads that waited count as not converted: import what became of them."
            : $"{found}. If that time was not recorded, leads that waited then count as not converted: import it, or learn from later ones with --from.";
    }

    private static int DayOf(DateTimeOffset instant) => (int)Math.Floor((instant - DateTimeOffset.UnixEpoch).TotalDays);

    private static string Day(int days) => FormattableString.Invariant($"{DateTime.UnixEpoch.AddDays(days):yyyy-MM-dd}");
}
