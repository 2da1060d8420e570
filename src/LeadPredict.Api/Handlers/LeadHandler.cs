using LeadPredict.Api.Answers;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Handlers;

/// <summary>Tells what the store has of a lead.</summary>
internal sealed class LeadHandler(ScoreHandler scores)
{
    public async Task<LeadAnswer> GetAsync(string leadId, CancellationToken cancellation)
    {
        (AccountHistory account, LeadHistory lead) = await scores.FindAsync(leadId, cancellation);
        return LeadAnswer.Of(account, lead);
    }
}
