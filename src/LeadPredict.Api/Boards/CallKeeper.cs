using LeadPredict.Api.Errors;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The rows.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public CallList List => new(Boards);

    /// <summary>
    /// Something was decided about a lead, or by the person, and is committed: whoever did so is answered, whether or not the list can be mended. Where a new list takes
    /// long, the row is mended in the one that goes on being served.
    /// </summary>
    public async Task DecidedAsync(string leadId)
    {
        Invalidate();
        try
        {
            // Not until the caller goes. What takes longer goes on by itself.
            await Task.Run(() => MendAsync(leadId)).WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            log.LogWarning("The call list is mended later: the store takes its time");
        }
    }

    private async Task MendAsync(string leadId)
    {
        try
        {
            if (await ServedMeanwhileAsync(CancellationToken.None) is not { } served)
            {
                return;
            }

            CallRow? row = null;
            using PredictionEngineLease? lease = Rent();
            if (lease is not null && await Store.FindAccountOfLeadAsync(leadId) is { } account)
            {
                row = CallPass.RowOf(lease.Engine, await DefinitionsAsync(CancellationToken.None), account, account.Find(leadId)!, Now)?.WorthBy(served.Deals);
            }

            await List.MendAsync(leadId, row, CancellationToken.None);
        }
        catch (Exception fault)
        {
            log.LogError("The call list could not be mended: {Exception}", LoggedFault.Of(fault));
        }
    }

    protected override async Task<(CallBoard Look, Func<KeptBoard, Task> Keep)> TakeAsync(
        IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, CancellationToken cancellation)
    {
        ListedCalls listed = await CallPass.MakeAsync(store, definitions, engine, Now, cancellation);
        return (listed.Board, kept => Boards.ReplaceAsync(kept, [.. listed.Rows.Select(CallList.Kept)], cancellation));
    }
}
