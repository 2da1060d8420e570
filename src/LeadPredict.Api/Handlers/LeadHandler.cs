using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Handlers;

/// <summary>Tells what the store has of a lead.</summary>
internal sealed class LeadHandler(ScoreHandler scores, LeadPredictApiOptions options)
{
    private const int MostScores = 1_000;

    public async Task<LeadAnswer> GetAsync(string leadId, CancellationToken cancellation)
    {
        (AccountHistory account, LeadHistory lead) = await scores.FindAsync(leadId, cancellation);
        return LeadAnswer.Of(account, lead);
    }

    /// <summary>The scores that were given for a lead, under whichever of the identifiers that are read as one, the newest first.</summary>
    public async Task<IReadOnlyList<LoggedScore>> ScoresAsync(string leadId, CancellationToken cancellation)
    {
        OperationsStore operations = options.Operations
            ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store, so no scores are kept; start it with --store.");
        LeadHistory? lead = options.Store is { } store ? (await store.FindAccountOfLeadAsync(leadId, cancellation))?.Find(leadId) : null;
        string[] names = lead is null ? [leadId] : [.. lead.MergedIds.Append(lead.Lead.Id).Append(leadId).Distinct(StringComparer.Ordinal)];
        List<LoggedScore> given = [];
        foreach (string name in names)
        {
            given.AddRange(await operations.Scores.OfLeadAsync(name, MostScores, cancellation));
        }

        if (given.Count == 0 && lead is null && options.Store is not null)
        {
            throw ScoreHandler.NoSuchLead();
        }

        return names.Length == 1 ? given : [.. given.OrderByDescending(score => score.At).Take(MostScores)];
    }
}
