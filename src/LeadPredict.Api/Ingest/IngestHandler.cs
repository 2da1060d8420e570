using LeadPredict.Api.Boards;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Rescoring;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;

namespace LeadPredict.Api.Ingest;

/// <summary>Writes what senders deliver. What it answers as taken is committed.</summary>
internal sealed class IngestHandler(LeadPredictApiOptions options, ChangedLeads changed, BoardKeeper boards, ILogger<IngestHandler> log) : IDisposable
{
    private const int WaitingForOne = 8;
    private static readonly RequestFault[] OfForgotten = [new("", "a person who asked to be forgotten", "nothing about that person")];
    private readonly SemaphoreSlim _places = new(options.Ingest.AtOnce);
    private int _inside;

    /// <summary>Keeps the items in one transaction and tells what became of each.</summary>
    public async Task<IngestAnswer> KeepAsync(IReadOnlyList<IngestItem> items, CancellationToken cancellation)
    {
        IngestItem[] good = [.. items.Where(item => item.Faults.Count == 0)];
        await LeaveMergedAsync(good, cancellation);
        HistoryBatch batch = Batch(good);
        AppendResult result = await AppendAsync(batch, cancellation);
        changed.Note(result.ChangedLeads);
        if (batch.Aliases.Any(alias => alias.Merge is not null))
        {
            boards.Invalidate();
        }

        if (result.ObjectingLeads.Count > 0)
        {
            await boards.DecidedAsync(result.ObjectingLeads);
        }

        foreach (IngestItem asked in good.Where(item => item.Forget is not null))
        {
            Forgotten forgotten = await PeopleStores.Of(options.Store!).ForgetAsync(asked.Forget, null, UtcTime.Normalize(options.Time.GetUtcNow()), cancellation);
            boards.Forgot();
            if (forgotten.Warning is { } warning)
            {
                // No sender reads answers.
                log.LogWarning("A person was forgotten as a delivery asks: {Warning}", warning);
            }
        }

        var states = new ItemStates(result.States);
        return IngestAnswer.Of([.. items.Select(item => Answer(item, states) with { LeftOut = item.LeftOut.Count > 0 ? item.LeftOut : null })]);
    }

    public void Dispose() => _places.Dispose();

    private static ItemAnswer Answer(IngestItem item, ItemStates states) =>
        item.Faults.Count > 0 ? new(ItemAnswer.Refused, item.Id is JsonField.NotRead ? null : item.Id, Errors: item.Faults)
        : item.Forget is not null ? new(ItemAnswer.Added, item.Id, "The person was forgotten.")
        : states.Next(item) is { } state ? new(state, item.Id, Errors: state == ItemAnswer.Refused ? OfForgotten : null)
        : new(ItemAnswer.Ignored, item.Id, item.Ignored ?? "It tells nothing that is kept.");

    private async Task<AppendResult> AppendAsync(HistoryBatch batch, CancellationToken cancellation)
    {
        IHistoryStore store = options.Store
            ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store to keep history in: start it with --store.");
        if (Interlocked.Increment(ref _inside) > options.Ingest.AtOnce * (1 + WaitingForOne))
        {
            Interlocked.Decrement(ref _inside);
            throw new ProblemException(ProblemKind.Busy, "More deliveries at once than the service works on; try again later.");
        }

        try
        {
            await _places.WaitAsync(cancellation);
            try
            {
                return await store.AppendAsync(batch, cancellation);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <summary>
    /// Leaves deletions out that merges brought: of records that this delivery, or one before, says went into another. So may those have that are not known here, or
    /// only as a part of another lead, unless others went into them.
    /// </summary>
    private async Task LeaveMergedAsync(IngestItem[] items, CancellationToken cancellation)
    {
        if (!Array.Exists(items, item => item.Deleted is not null))
        {
            return;
        }

        HashSet<string> created = [.. items.SelectMany(item => item.Leads).Select(lead => lead.Id)];
        LeadAlias[] told = [.. items.SelectMany(item => item.Aliases)];
        HashSet<string> ended = [.. told.SelectMany(alias => alias.EndedNames)];
        HashSet<string> survivors = [.. told.Select(alias => alias.Survivor).OfType<string>()];
        foreach (IngestItem item in items.Where(item => item.Deleted is not null))
        {
            if (ended.Contains(item.Deleted!) || !await StandsAsync(item.Deleted!, created, survivors, cancellation))
            {
                item.Transitions.Clear();
                item.Ignored = IngestItem.DeletedByMerge;
            }
        }
    }

    private async Task<bool> StandsAsync(string deleted, HashSet<string> created, HashSet<string> survivors, CancellationToken cancellation)
    {
        if (options.Store is not { } store)
        {
            return false;
        }

        SenderRecord before = await MergeStores.Of(store).FindRecordAsync(deleted, cancellation);
        bool survives = before == SenderRecord.Survivor || survivors.Contains(deleted);
        return before != SenderRecord.Merged
            && (created.Contains(deleted)
                || ((await store.FindAccountOfLeadAsync(deleted, cancellation))?.Find(deleted) is { } lead && (survives || lead.Lead.Id == deleted)));
    }

    private HistoryBatch Batch(IReadOnlyList<IngestItem> items) => new()
    {
        Delivered = true,
        DeliveredAt = UtcTime.Normalize(options.Time.GetUtcNow()),
        TellStates = true,
        Accounts = [.. items.SelectMany(item => item.Accounts)],
        Leads = [.. items.SelectMany(item => item.Leads)],
        Touches = [.. items.SelectMany(item => item.Touches)],
        Attributes = [.. items.SelectMany(item => item.Attributes)],
        Transitions = [.. items.SelectMany(item => item.Transitions)],
        Outcomes = [.. items.SelectMany(item => item.Outcomes)],
        Aliases = [.. items.SelectMany(item => item.Aliases)],
    };

    /// <summary>Deals the rows' states out to the items that they came from, in order.</summary>
    private sealed class ItemStates(RowStates? states)
    {
        private int _accounts, _leads, _touches, _attributes, _transitions, _outcomes, _aliases;

        /// <summary>The item's status, or null when it has no rows and no alias.</summary>
        public string? Next(IngestItem item)
        {
            if (states is null || item.Count + item.Aliases.Count == 0)
            {
                return null;
            }

            RowState[] rows =
            [
                .. Deal(states.Accounts, ref _accounts, item.Accounts.Count),
                .. Deal(states.Leads, ref _leads, item.Leads.Count),
                .. Deal(states.Touches, ref _touches, item.Touches.Count),
                .. Deal(states.Attributes, ref _attributes, item.Attributes.Count),
                .. Deal(states.Transitions, ref _transitions, item.Transitions.Count),
                .. Deal(states.Outcomes, ref _outcomes, item.Outcomes.Count),
                .. Deal(states.Aliases, ref _aliases, item.Aliases.Count),
            ];
            return rows.Contains(RowState.Forgotten) ? ItemAnswer.Refused
                : rows.Contains(RowState.Added) ? ItemAnswer.Added : rows.Contains(RowState.Waiting) ? ItemAnswer.Waiting : ItemAnswer.Known;
        }

        private static RowState[] Deal(IReadOnlyList<RowState> all, ref int next, int count)
        {
            RowState[] dealt = [.. all.Skip(next).Take(count)];
            next += count;
            return dealt;
        }
    }
}
