using LeadPredict.Api.Batch;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Handlers;

/// <summary>Scores a batch with the version that serves when it begins.</summary>
internal sealed class BatchHandler(ServedModels models, ScoreHandler scores, ILogger<BatchHandler> log)
{
    public async Task ScoreAsync(HttpContext context, string? model, bool reasons, CancellationToken cancellation)
    {
        bool lines = BatchForm.IsLines(context.Request);
        RequestBody.DemandDecoded(context.Request);
        using PredictionEngineLease lease = models.Rent(model);
        using var cutter = new ItemCutter(context.Request.Body, lines ? new LineBoundary() : new ElementBoundary());
        var answer = new BatchAnswer(context.Response, BatchForm.AnswersLines(context.Request, lines));
        using var run = new BatchRun(cutter, new(scores, lease, reasons, log), answer);
        await run.RunAsync(cancellation);
    }
}
