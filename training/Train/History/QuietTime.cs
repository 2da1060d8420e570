using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Train.History;

/// <summary>
/// Finds the longest time in which no lead moved. Where a company's stages come every few days, months without any were most often not recorded, and leads that waited
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
    public void Add(IEnumerable<StageTransition> moves) => _days.UnionWith(moves.Select(move => (int)Math.Floor((move.OccurredAt - DateTimeOffset.UnixEpoch).TotalDays)));

    /// <summary>Adds those of other leads.</summary>
    public void Add(QuietTime other) => _days.UnionWith(other._days);

    /// <summary>The longest one in a sentence, if it is longer than chance makes it; else null.</summary>
    public string? Warning()
    {
        int[] days = [.. _days.Order()];
        int at = Enumerable.Range(0, Math.Max(0, days.Length - 1)).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : days[i + 1] - days[i]);
        if (at < 0)
        {
            return null;
        }

        int quiet = days[at + 1] - days[at] - 1;
        double rate = days.Length / (double)(days[^1] - days[0] + 1);
        return quiet >= LeastDays && days.Length * Math.Exp(-quiet * rate) < Chance
            ? FormattableString.Invariant(
                $"No lead changed its stage for {quiet} days, from {Day(days[at] + 1)} to {Day(days[at + 1] - 1)}. If that time was not recorded, leads that waited then count as not converted: import it, or learn from later ones with --from.")
            : null;
    }

    private static string Day(int days) => FormattableString.Invariant($"{DateTime.UnixEpoch.AddDays(days):yyyy-MM-dd}");
}
