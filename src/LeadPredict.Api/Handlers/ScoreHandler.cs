using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage;

namespace LeadPredict.Api.Handlers;

/// <summary>Scores a lead that came with the request or one of the store.</summary>
internal sealed class ScoreHandler(ServedModels models, LeadPredictApiOptions options)
{
    public async Task<LeadScore> ScoreAsync(ScoreRequest request, string? model, CancellationToken cancellation)
    {
        if (request.LeadId is { } leadId)
        {
            return await ScoreStoredAsync(leadId, request.AsOf, model, cancellation);
        }

        using PredictionEngineLease lease = models.Rent(model);
        return request.Score(lease.Engine, Now());
    }

    public async Task<LeadScore> ScoreStoredAsync(string leadId, DateTimeOffset? asOf, string? model, CancellationToken cancellation)
    {
        // Rows may be dated ahead, such as a planned meeting: an instant to come would let them in.
        DateTimeOffset now = Now();
        if (asOf > now)
        {
            throw new RequestFaultsException("/asOf", "an instant in the future", $"now or earlier for a lead of the store; now is {now:yyyy-MM-ddTHH:mm:ssZ}");
        }

        (AccountHistory account, LeadHistory lead) = await FindAsync(leadId, cancellation);
        using PredictionEngineLease lease = models.Rent(model);
        return new LeadScorer(lease.Engine).Score(account, lead, asOf ?? now);
    }

    public async Task<(AccountHistory Account, LeadHistory Lead)> FindAsync(string leadId, CancellationToken cancellation)
    {
        IHistoryStore store = options.Store
            ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store: send the lead itself, or start it with --store.");
        AccountHistory account = await store.FindAccountOfLeadAsync(leadId, cancellation)
            ?? throw new ProblemException(ProblemKind.NotFound, "The store has no such lead.", new RequestFault("/leadId", "an identifier that is not in the store", "the identifier of a stored lead"));
        return (account, account.Leads.First(lead => lead.Lead.Id == leadId));
    }

    private DateTimeOffset Now() => UtcTime.Normalize(options.Time.GetUtcNow());
}
