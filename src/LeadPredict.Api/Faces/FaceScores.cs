using LeadPredict.Api.Answers;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Faces;

/// <summary>Scores the requests of a foreign protocol, all with one version, and logs them as others are.</summary>
internal sealed class FaceScores(ServedModels models, ScoreHandler scores)
{
    /// <summary>Leads in one request.</summary>
    public const int MostLeads = 1_000;

    public async Task<IReadOnlyList<LeadScore>> ScoreAsync(IReadOnlyList<ScoreRequest> requests, string? model, CancellationToken cancellation)
    {
        using PredictionEngineLease lease = models.Rent(model);
        using PooledAnswer answer = PooledAnswer.Rent();
        var all = new List<LeadScore>(requests.Count);
        foreach (ScoreRequest request in requests)
        {
            answer.Buffer.ResetWrittenCount();
            all.Add((await scores.AnswerAsync(request, lease.Engine, reasons: true, answer.Buffer, cancellation)).Tell());
        }

        return all;
    }
}
