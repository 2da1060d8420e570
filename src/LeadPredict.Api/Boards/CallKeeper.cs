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
    /// Something was decided about leads, or by the persons, and is committed: whoever did so is answered, whether or not the list can be mended. Their rows are mended
    /// at once, for the list may be served on, by this service while it makes a new one and by others on the store.
    /// </summary>
    public async Task DecidedAsync(IReadOnlyCollection<string> leadIds)
    {
        Invalidate();
        try
        {
            // Not until the caller goes. What takes longer goes on by itself.
            await Task.Run(() => MendAsync(leadIds)).WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            log.LogWarning("The call list is mended later: the store takes its time");
        }
    }

    private async Task MendAsync(IReadOnlyCollection<string> leadIds)
    {
        try
        {
            if (await StoredAsync(CancellationToken.None) is not { } board)
            {
                return;
            }

            using PredictionEngineLease? lease = Rent();
            HandOffTimeline definitions = await DefinitionsAsync(CancellationToken.None);
            foreach (string asked in leadIds)
            {
                (string leadId, CallRow? row) = await RowAsync(asked, board, definitions, lease?.Engine, CancellationToken.None);
                if (row is not null || await Boards.FindCallAsync(leadId) is not null)
                {
                    await List.MendAsync(leadId, row, CancellationToken.None);
                }
            }
        }
        catch (Exception fault)
        {
            log.LogError("The call list could not be mended: {Exception}", LoggedFault.Of(fault));
        }
    }

    /// <summary>A lead's row as it is now, under the identifier that the lead is kept under; null when it is not for the list.</summary>
    private async Task<(string LeadId, CallRow? Row)> RowAsync(
        string leadId, CallBoard board, HandOffTimeline definitions, PredictionEngine? engine, CancellationToken cancellation)
    {
        if (await Store.FindAccountOfLeadAsync(leadId, cancellation) is not { } account || account.Find(leadId) is not { } lead)
        {
            return (leadId, null);
        }

        CallRow? row = engine is null ? null : CallPass.RowOf(engine, definitions, account, lead, board.InstantFor(lead, Now));
        return (lead.Lead.Id, row?.WorthBy(board.Deals));
    }

    protected override async Task<(CallBoard Look, Func<KeptBoard, Task> Keep)> TakeAsync(
        IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, CancellationToken cancellation)
    {
        ListedCalls listed = await CallPass.MakeAsync(store, definitions, engine, Now, cancellation);
        return (listed.Board, kept => Boards.ReplaceAsync(kept, [.. listed.Rows.Select(CallList.Kept)], cancellation));
    }
}
