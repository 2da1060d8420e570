using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Faces;

/// <summary>Scores the leads of a foreign protocol's request, all with one engine, and logs them as others are, once all of them are.</summary>
internal sealed class FaceScores(ScoreHandler scores)
{
    /// <summary>Leads in one request.</summary>
    public const int MostLeads = 1_000;

    /// <summary>Scores them in order.</summary>
    /// <exception cref="PartFaultException">One cannot be scored, and so none is answered: these protocols have no answer in its place.</exception>
    public async Task<IReadOnlyList<LeadScore>> ScoreAsync(IReadOnlyList<FaceLead> leads, PredictionEngine engine, CancellationToken cancellation)
    {
        var all = new List<LeadScore>(leads.Count);
        var given = new List<GivenLead>(leads.Count);
        foreach (FaceLead lead in leads)
        {
            try
            {
                ScoredLead scored = await scores.ScoreAsync(lead.Request, engine, reasons: true, cancellation);
                all.Add(scored.Score.Tell());
                given.Add(scores.RowOf(scored).Kept());
            }
            catch (Exception fault) when (ProblemMapping.Of(fault) is not null)
            {
                throw new PartFaultException(fault, lead.Place.Of);
            }
        }

        foreach (GivenLead one in given)
        {
            await scores.GiveAsync(one, cancellation);
        }

        return all;
    }
}
