using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage;

namespace LeadPredict.Api.Handlers;

/// <summary>Scores a lead that came with the request or one of the store.</summary>
internal sealed class ScoreHandler(ServedModels models, LeadPredictApiOptions options)
{
    public async Task<LeadScore> ScoreAsync(ScoreRequest request, string? model, bool reasons, CancellationToken cancellation)
    {
        using PredictionEngineLease lease = models.Rent(model);
        return await ScoreAsync(request, lease.Engine, reasons, cancellation);
    }

    /// <summary>Scores with an engine that was rented for it.</summary>
    public async ValueTask<LeadScore> ScoreAsync(ScoreRequest request, PredictionEngine engine, bool reasons, CancellationToken cancellation) =>
        request.LeadId is { } leadId
            ? await ScoreStoredAsync(leadId, request.AsOf, engine, reasons, cancellation)
            : request.Score(engine, Now(), reasons);

    private async Task<LeadScore> ScoreStoredAsync(string leadId, DateTimeOffset? asOf, PredictionEngine engine, bool reasons, CancellationToken cancellation)
    {
        // Rows may be dated ahead, such as a planned meeting: an instant to come would let them in.
        DateTimeOffset now = Now();
        if (asOf > now)
        {
            throw new RequestFaultsException("/asOf", "an instant in the future", $"now or earlier for a lead of the store; now is {now:yyyy-MM-ddTHH:mm:ssZ}");
        }

        (AccountHistory account, LeadHistory lead) = await FindAsync(leadId, cancellation);
        return new LeadScorer(engine).Score(account, lead, asOf ?? now, reasons);
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
