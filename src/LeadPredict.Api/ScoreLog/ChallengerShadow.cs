using LeadPredict.Api.Handlers;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>Lets the challenger score what the champion has scored, for the log alone.</summary>
internal sealed class ChallengerShadow(ServedModels models, ILogger<ChallengerShadow> log)
{
    /// <summary>The rows of a page in the order in which they were given, each champion's followed by its challenger's where there is one.</summary>
    public void AddRows(ScoreLogPage page, List<LoggedScore> rows)
    {
        foreach (GivenScore given in page.Scores)
        {
            rows.Add(given.Row);
            if (Shadow(given) is { } challenger)
            {
                rows.Add(challenger);
            }
        }
    }

    /// <summary>What the challenger says of the same lead, or null when there is none or it cannot.</summary>
    private LoggedScore? Shadow(GivenScore given)
    {
        try
        {
            if (given.Lead is not { } lead || given.Account is not { } account)
            {
                return null;
            }

            using PredictionEngineLease? lease = models.TryRentChallenger(given.Row.Model);
            if (lease is null)
            {
                return null;
            }

            ScoreSheet score = new LeadScorer(lease.Engine).Fill(account, lead, given.Row.AsOf, reasons: false);
            return GivenScore.RowOf(score, GivenScore.Challenger, given.Row.Origin, given.Row.At);
        }
        catch (Exception fault)
        {
            // A challenger that fails must not keep the champion's scores from being logged.
            log.LogError("The challenger of {Model} failed: {Exception} at {Stack}", given.Row.Model, fault.GetType().FullName, fault.StackTrace);
            return null;
        }
    }
}
