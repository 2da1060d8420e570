using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Pages.Calls;
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

    // One at a time reads leads and writes their rows, so that no row is written over by one that was read before it.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _noting = new();

    /// <summary>Whom something was decided about since the list that is being made began to be read; null while none is made.</summary>
    private HashSet<string>? _meanwhile;

    /// <summary>The rows.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public CallList List => new(Boards);

    /// <summary>The rows of a board in figures, of now.</summary>
    public Task<CallTotals> TotalAsync(CallsQuery query, CallBoard board, CancellationToken cancellation) =>
        List.TotalAsync(query.Filter, query.Capacity, board.AsOf, Now, cancellation);

    /// <summary>
    /// Something was decided about leads, or by the persons, and is committed: whoever did so is answered, whether or not the list can be mended. Their rows are mended
    /// at once, for the list may be served on, by this service while it makes a new one and by others on the store.
    /// </summary>
    public async Task DecidedAsync(IReadOnlyCollection<string> leadIds)
    {
        Invalidate();
        lock (_noting)
        {
            _meanwhile?.UnionWith(leadIds);
        }

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
        await _writing.WaitAsync();
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
        finally
        {
            _writing.Release();
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
        lock (_noting)
        {
            _meanwhile = new(StringComparer.Ordinal);
        }

        IReadOnlyDictionary<string, string> before = await Boards.StagesAsync(cancellation);
        ListedCalls listed = await CallPass.MakeAsync(store, definitions, engine, Now, cancellation);
        return (listed.Board, kept => ReplaceAsync(kept, listed, before, definitions, engine, cancellation));
    }

    /// <summary>Puts a new list in place of the one before, with the leads as they are now that something was decided about while it was made.</summary>
    private async Task ReplaceAsync(
        KeptBoard kept, ListedCalls listed, IReadOnlyDictionary<string, string> before, HandOffTimeline definitions, PredictionEngine? engine, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            // Whoever is noted from now on is mended after this.
            string[] decided;
            lock (_noting)
            {
                decided = [.. _meanwhile ?? []];
                _meanwhile = null;
            }

            var mended = new Dictionary<string, CallRow?>(StringComparer.Ordinal);
            foreach (string asked in decided.Union(Moved(before, listed.Rows, await Boards.StagesAsync(cancellation))))
            {
                (string leadId, CallRow? row) = await RowAsync(asked, listed.Board, definitions, engine, cancellation);
                mended[leadId] = row;
            }

            IEnumerable<CallRow> rows = listed.Rows.Where(row => !mended.ContainsKey(row.LeadId)).Concat(mended.Values.OfType<CallRow>());
            await Boards.ReplaceAsync(kept, [.. rows.Select(CallList.Kept)], cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Leads that came to another stage in the list of before, or left it, while the new one was made, in which they stand otherwise: another service or an import was told of them.</summary>
    private static IEnumerable<string> Moved(IReadOnlyDictionary<string, string> before, IReadOnlyList<CallRow> rows, IReadOnlyDictionary<string, string> now)
    {
        Dictionary<string, string> made = rows.ToDictionary(row => row.LeadId, row => row.Stage.ToString(), StringComparer.Ordinal);
        return before.Keys.Union(now.Keys).Where(lead => now.GetValueOrDefault(lead) is var stage && stage != before.GetValueOrDefault(lead) && stage != made.GetValueOrDefault(lead));
    }
}
