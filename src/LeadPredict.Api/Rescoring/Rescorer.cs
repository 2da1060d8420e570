using LeadPredict.Api.Handlers;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Rescoring;

/// <summary>Scores stored leads anew and keeps the score with what it changed: its row of the log, the challenger's beside it and its events, all or none.</summary>
internal sealed class Rescorer(LeadPredictApiOptions options, ServedModels models, ChallengerShadow shadow)
{
    private const int MostColleagues = 50;

    /// <summary>Scores leads as of now.</summary>
    /// <param name="leadIds">Leads; unknown ones are passed over.</param>
    /// <param name="withColleagues">Whether to score the leads of their accounts too: what one of them does counts for all.</param>
    /// <param name="cancellation">Stops between two leads.</param>
    /// <returns>How many were scored.</returns>
    public async Task<int> ScoreAsync(IEnumerable<string> leadIds, bool withColleagues, CancellationToken cancellation)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string leadId in leadIds)
        {
            cancellation.ThrowIfCancellationRequested();
            if (done.Contains(leadId) || await options.Store!.FindAccountOfLeadAsync(leadId, cancellation) is not { } account)
            {
                continue;
            }

            IEnumerable<LeadHistory> colleagues = withColleagues ? account.Leads.Where(lead => lead.Lead.Id != leadId).Take(MostColleagues) : [];
            foreach (LeadHistory lead in account.Leads.Where(lead => lead.Lead.Id == leadId).Concat(colleagues))
            {
                if (done.Add(lead.Lead.Id))
                {
                    await ScoreAsync(account, lead, cancellation);
                }
            }
        }

        return done.Count;
    }

    private async Task ScoreAsync(AccountHistory account, LeadHistory lead, CancellationToken cancellation)
    {
        DateTimeOffset now = UtcTime.Normalize(options.Time.GetUtcNow());
        if (lead.Lead.CreatedAt >= now || lead.Lead.RecordedAt >= now)
        {
            return;
        }

        using PredictionEngineLease lease = models.Rent(null);
        ScoreSheet sheet = new LeadScorer(lease.Engine).Fill(account, lead, now);
        LeadScore score = sheet.Tell();
        LoggedScore row = GivenScore.RowOf(sheet, GivenScore.Champion, GivenScore.Rescored, now, LoggedDetail.Of(sheet).ToArray());
        LastScore? last = await options.Operations!.LastScores.FindAsync(score.LeadId, cancellation);
        if (score.AbstainedBecause is not null)
        {
            // Nobody is told anything of a person who objects to being profiled.
            await options.Operations.Outbox.WithdrawAsync(score.LeadId, cancellation);
        }

        IReadOnlyList<OutboxEvent> events = score.AbstainedBecause is null && options.Events is { } outgoing ? outgoing.Of(score, last, lead.Lead.CreatedAt) : [];
        await options.Operations.LastScores.KeepAsync(row, events, shadow.RowBeside(row, new(account, lead)), cancellation);
    }
}
