using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Snapshots;

/// <summary>What was known of a lead's colleagues at an instant, counted.</summary>
/// <param name="KnownLeads">How many there were.</param>
/// <param name="Touches30">Their activity (<see cref="TouchTypes.IsActivity"/>) of the last 30 days.</param>
/// <param name="Touches90">The same of the last 90 days.</param>
/// <param name="ReachedSql">How many of them ever became SQL, or came further.</param>
/// <param name="Won">How many of them were ever won.</param>
/// <param name="Lost">How many of them were ever lost or disqualified.</param>
public readonly record struct ColleagueTally(int KnownLeads, int Touches30, int Touches90, int ReachedSql, int Won, int Lost)
{
    internal static readonly TimeSpan Month = TimeSpan.FromDays(30);

    internal static readonly TimeSpan Quarter = TimeSpan.FromDays(90);

    /// <summary>What one lead adds to the tallies of its colleagues.</summary>
    internal static ColleagueTally Of(LeadHistory lead, DateTimeOffset asOf)
    {
        if (lead.Lead.CountsFrom >= asOf)
        {
            return default;
        }

        DateTimeOffset month = asOf - Month, quarter = asOf - Quarter;
        int touches30 = 0, touches90 = 0;
        for (int i = lead.Touches.Count - 1; i >= 0 && lead.Touches[i].OccurredAt >= quarter; i--)
        {
            Touch touch = lead.Touches[i];
            if (touch.KnownAt < asOf && TouchTypes.IsActivity(touch.Type))
            {
                touches90++;
                touches30 += touch.OccurredAt >= month ? 1 : 0;
            }
        }

        bool reached = false, won = false, lost = false;
        for (int i = 0; i < lead.Transitions.Count; i++)
        {
            StageTransition move = lead.Transitions[i];
            if (move.KnownAt < asOf)
            {
                reached |= move.To.Reaches(Stage.SalesQualified);
                won |= move.To == Stage.Won;
                lost |= move.To is Stage.Lost or Stage.Disqualified;
            }
        }

        return new(1, touches30, touches90, reached ? 1 : 0, won ? 1 : 0, lost ? 1 : 0);
    }

    internal ColleagueTally Plus(ColleagueTally other) => new(
        KnownLeads + other.KnownLeads, Touches30 + other.Touches30, Touches90 + other.Touches90, ReachedSql + other.ReachedSql, Won + other.Won, Lost + other.Lost);

    internal ColleagueTally Minus(ColleagueTally other) => new(
        KnownLeads - other.KnownLeads, Touches30 - other.Touches30, Touches90 - other.Touches90, ReachedSql - other.ReachedSql, Won - other.Won, Lost - other.Lost);
}
