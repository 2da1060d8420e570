using LeadPredict.Api.Errors;
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
        if (page.Shadowed.Count == 0)
        {
            page.Scores.Unpack(rows);
            return;
        }

        List<LoggedScore> champions = [];
        page.Scores.Unpack(champions);
        int next = 0;
        for (int number = 0; number < champions.Count; number++)
        {
            rows.Add(champions[number]);
            if (next < page.Shadowed.Count && page.Shadowed[next].Number == number && RowBeside(champions[number], page.Shadowed[next++].Lead) is { } challenger)
            {
                rows.Add(challenger);
            }
        }
    }

    /// <summary>What the challenger says of the same lead at the same instant, or null when there is none or it cannot.</summary>
    public LoggedScore? RowBeside(LoggedScore champion, ShadowedLead shadowed)
    {
        try
        {
            using PredictionEngineLease? lease = models.TryRentChallenger(champion.Model);
            if (lease is null)
            {
                return null;
            }

            ScoreSheet score = new LeadScorer(lease.Engine).Fill(shadowed.Account, shadowed.Lead, champion.AsOf, reasons: false);
            return GivenScore.RowOf(score, GivenScore.Challenger, champion.Origin, champion.At);
        }
        catch (Exception fault)
        {
            // A challenger that fails must not keep the champion's scores from being logged.
            log.LogError("The challenger of {Model} failed: {Exception} at {Stack}", champion.Model, LoggedFault.Name(fault), fault.StackTrace);
            return null;
        }
    }
}
