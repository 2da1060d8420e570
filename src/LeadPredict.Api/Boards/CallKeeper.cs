using LeadPredict.Api.Handlers;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage;
using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Boards;

/// <summary>Keeps the call list: what goes with it as one look, its rows in the store. It needs a part of the history only, so that it is there soon and fresh.</summary>
internal sealed class CallKeeper(LeadPredictApiOptions options, ServedModels models, ILogger<CallKeeper> log)
    : LookKeeper<CallBoard>("calls", TimeSpan.FromSeconds(0.5), options, models, log)
{
    /// <summary>The rows.</summary>
    /// <exception cref="Errors.ProblemException">There is no store.</exception>
    public CallList List => new(Boards);

    /// <summary>Something was decided about a lead, or by the person. Where a new list takes long, the row is mended in the one that goes on being served.</summary>
    public async Task DecidedAsync(string leadId, CancellationToken cancellation)
    {
        CallBoard? served = await ServedMeanwhileAsync(cancellation);
        Invalidate();
        if (served is null)
        {
            return;
        }

        CallRow? row = null;
        using PredictionEngineLease? lease = Rent();
        if (lease is not null && await Store.FindAccountOfLeadAsync(leadId, cancellation) is { } account)
        {
            row = CallPass.RowOf(lease.Engine, await DefinitionsAsync(cancellation), account, account.Find(leadId)!, Now)?.WorthBy(served.Deals);
        }

        await List.MendAsync(leadId, row, cancellation);
    }

    protected override async Task<(CallBoard Look, Func<KeptBoard, Task> Keep)> TakeAsync(
        IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, CancellationToken cancellation)
    {
        ListedCalls listed = await CallPass.MakeAsync(store, definitions, engine, Now, cancellation);
        return (listed.Board, kept => Boards.ReplaceAsync(kept, [.. listed.Rows.Select(CallList.Kept)], cancellation));
    }
}
