using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Rescoring;

/// <summary>The instant as of which a stored lead is scored anew.</summary>
/// <remarks>
/// Clocks of services and callers differ a little. What another one scored or recorded a little ahead of ours is counted all the same: a score leaves
/// nothing out that the one before knew of, and a lead's scores are in order of their instants.
/// </remarks>
internal static class ScoringInstant
{
    /// <summary>Now, or just after the last score and the newest row where these are ahead by less than <see cref="LastScore.Skew"/>.</summary>
    public static DateTimeOffset Of(AccountHistory account, LastScore? last, DateTimeOffset now)
    {
        DateTimeOffset asOf = now, end = now + LastScore.Skew;
        Pass(last?.AsOf ?? now.AddTicks(-1));
        foreach (LeadHistory lead in account.Leads)
        {
            Pass(lead.Lead.KnownAt);
            foreach (HistoryRow row in lead.Touches.Concat<HistoryRow>(lead.Attributes).Concat(lead.Transitions).Concat(lead.Outcomes))
            {
                Pass(row.KnownAt);
            }
        }

        return asOf;

        void Pass(DateTimeOffset instant) => asOf = instant >= asOf && instant < end ? instant.AddMicroseconds(1) : asOf;
    }
}
