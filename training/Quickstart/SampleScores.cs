using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage;
using LeadPredict.Training.Train;

namespace LeadPredict.Training.Quickstart;

/// <summary>The most promising open leads of the samples.</summary>
internal static class SampleScores
{
    private const int Shown = 5;

    public static async Task<IReadOnlyList<LeadScore>> TakeAsync(
        IHistoryStore store, PublishedModel published, DateTimeOffset asOf, CancellationToken cancellation)
    {
        using var engine = new PredictionEngine(published.Repository.Load(published.Name, published.Version));
        var scorer = new LeadScorer(engine);
        List<LeadScore> open = [];
        await foreach (AccountHistory account in store.ReadAccountsAsync(cancellation))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                LeadScore score = scorer.Score(account, lead, asOf);
                if (score.Stage is Stage.MarketingQualified or Stage.SalesAccepted && !score.Abstained)
                {
                    open.Add(score);
                }
            }
        }

        return [.. open.OrderByDescending(score => score.Probabilities.Close?.Value).ThenBy(score => score.LeadId, StringComparer.Ordinal).Take(Shown)];
    }
}
