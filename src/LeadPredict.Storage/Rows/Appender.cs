using System.Data.Common;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Storage.Rows;

/// <summary>Adds one batch inside one transaction: what both stores do alike. Each store brings the statements.</summary>
/// <param name="batch">The rows.</param>
/// <param name="connection">Where the transaction runs.</param>
/// <param name="transaction">What is all of it or nothing.</param>
/// <param name="postgres">Which of the two it is.</param>
/// <param name="ct">Stops it.</param>
internal abstract partial class Appender(HistoryBatch batch, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
{
    /// <summary>Stops it.</summary>
    protected CancellationToken Stop { get; } = ct;

    private readonly LeadNames _names = new();
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private long _otherEnds;

    /// <summary>Whether the lock on people is taken alone, which forgetting somebody takes. Default false: it is shared, until somebody in the batch is found to be forgotten.</summary>
    public bool PeopleAlone { get; init; }

    /// <summary>Whether leads were removed, since the batch shows that they are people who asked to be forgotten.</summary>
    public bool HasPurged { get; private set; }

    /// <summary>Adds the batch without the rows of people who asked to be forgotten.</summary>
    /// <exception cref="PeopleSharedException">It is to be done once more with <see cref="PeopleAlone"/>.</exception>
    public async Task<AppendResult> AppendAsync()
    {
        if (await ForgottenRows.FindAsync(batch, PeopleAlone, connection, transaction, postgres, Stop).ConfigureAwait(false) is not { } forgotten)
        {
            return await AppendKeptAsync().ConfigureAwait(false);
        }

        HasPurged = forgotten.HasPurged;
        return forgotten.With(await Of(forgotten.Kept).AppendKeptAsync().ConfigureAwait(false));
    }

    private async Task<AppendResult> AppendKeptAsync()
    {
        await LookUpAsync().ConfigureAwait(false);
        _tell = batch.TellStates || await ChangedScores.AnyAsync(connection, transaction, Stop).ConfigureAwait(false);
        (AppendCount accounts, RowState[]? accountStates) = Counted(
            batch.Accounts.Count, await AddAsync(batch.Accounts, batch.TellStates).ConfigureAwait(false));
        (List<LeadAlias> aliases, RowState[] aliasStates) = await AddAliasesAsync().ConfigureAwait(false);
        (AppendCount leads, RowState[]? leadStates) = await AddLeadsAsync().ConfigureAwait(false);
        await AddMergesAsync(aliasStates).ConfigureAwait(false);
        (AppendCount touches, RowState[]? touchStates) = await AddRowsAsync(batch.Touches, AddAsync, static (row, id, at) => row with { LeadId = id, RecordedAt = at }).ConfigureAwait(false);
        (AppendCount attributes, RowState[]? attributeStates) = await AddRowsAsync(
            batch.Attributes, batch.Delivered ? AddMarkedAsync : AddAsync, static (row, id, at) => row with { LeadId = id, RecordedAt = at }).ConfigureAwait(false);
        (AppendCount transitions, RowState[]? transitionStates) = await AddRowsAsync(batch.Transitions, AddAsync, static (row, id, at) => row with { LeadId = id, RecordedAt = at }).ConfigureAwait(false);
        (AppendCount outcomes, RowState[]? outcomeStates) = await AddRowsAsync(batch.Outcomes, AddCorrectingAsync, Readdress).ConfigureAwait(false);
        IReadOnlyList<string> released = await ReleaseAsync(aliases).ConfigureAwait(false);
        await FollowAsync().ConfigureAwait(false);
        return new()
        {
            Accounts = accounts,
            Leads = leads,
            Touches = touches,
            Attributes = attributes,
            Transitions = transitions,
            Outcomes = outcomes,
            OtherEnds = _otherEnds,
            UnknownLeads = [.. _unknown],
            ChangedLeads = batch.TellStates ? [.. ChangedLeads().Union(released, StringComparer.Ordinal)] : [],
            ObjectingLeads = [.. _objecting],
            States = batch.TellStates
                ? new(accountStates!, leadStates!, touchStates!, attributeStates!, transitionStates!, outcomeStates!, aliasStates)
                : null,
        };
    }

    /// <summary>
    /// Keeps others who let rows wait (<paramref name="alone"/>: and all who add leads) out until the transaction ends, so that no row
    /// begins to wait for a lead just being added.
    /// </summary>
    protected abstract Task LockAsync(bool alone);

    /// <summary>Those of the names that are known: leads and aliases.</summary>
    protected abstract Task<IReadOnlyList<LeadName>> FindAsync(IReadOnlyCollection<string> names);

    /// <summary>Adds aliases that are not known yet, and turns those that mean an alias to what it means.</summary>
    protected abstract Task AddAsync(IReadOnlyList<LeadAlias> aliases);

    protected abstract Task<AddedRows> AddAsync(IReadOnlyList<Account> rows, bool tell);

    protected abstract Task<AddedRows> AddAsync(IReadOnlyList<Lead> rows, bool tell);

    protected abstract Task<AddedRows> AddAsync(IReadOnlyList<Touch> rows, bool tell);

    protected abstract Task<AddedRows> AddAsync(IReadOnlyList<AttributeChange> rows, bool tell);

    protected abstract Task<AddedRows> AddAsync(IReadOnlyList<StageTransition> rows, bool tell);

    protected abstract Task<AddedRows> AddAsync(IReadOnlyList<Outcome> rows, bool tell);

    /// <summary>Marks delivered changes, in order of lead and mark; tells each that was not marked before.</summary>
    protected abstract Task<AddedRows> MarkAsync(IReadOnlyList<(string LeadId, string Mark)> marks);

    /// <summary>All that attributes of these leads were said to be.</summary>
    protected abstract Task<IReadOnlyList<StoredValue>> ValuesAsync(IReadOnlyCollection<string> leadIds);

    /// <summary>The outcomes that have these identifiers and are of the same person, with all others of their leads, corrections among them.</summary>
    protected abstract Task<IReadOnlyList<StoredDeal>> DealsAsync(IReadOnlyCollection<Outcome> told);

    /// <summary>Lets known leads take over an earlier creation, and an account or source that they lacked; tells which did.</summary>
    protected abstract Task<IReadOnlyList<string>> FillAsync(IReadOnlyList<Lead> leads);

    /// <summary>Puts rows aside that are not aside yet.</summary>
    protected abstract Task ParkAsync(IReadOnlyList<WaitingRow> rows);

    /// <summary>Takes the rows that wait for these names.</summary>
    protected abstract Task<IReadOnlyList<WaitingRow>> TakeAsync(IReadOnlyCollection<string> names);

    /// <summary>An appender of the same transaction for another batch.</summary>
    protected abstract Appender Of(HistoryBatch other);

    private async Task<(AppendCount Count, RowState[]? States)> AddLeadsAsync()
    {
        // A lead that is known under another name is known; one whose names alone were told of is that which they mean.
        bool[] isKnown = [.. batch.Leads.Select(lead => _names.IsAlias(lead.Id) && _names.IsKnown(lead.Id))];
        Lead[] own = [.. batch.Leads.Where((_, i) => !isKnown[i]).Select(lead => _names.Resolve(lead.Id) is var id && id == lead.Id ? lead : lead with { Id = id })];
        AddedRows added = await AddAsync(own, _tell).ConfigureAwait(false);
        if (_tell)
        {
            // It has no score itself, but it may have colleagues who have.
            _changed.UnionWith(own.Where((lead, i) => added.Each![i] && lead.AccountId is not null).Select(lead => lead.Id));
        }

        if ((batch.Delivered || batch.FillsLeads) && added.Count < own.Length)
        {
            _changed.UnionWith(await FillAsync([.. own.OrderBy(lead => lead.Id, StringComparer.Ordinal).Select(AsTold)]).ConfigureAwait(false));
        }

        await StoredMerges.ApplyToAsync(own.Select(lead => lead.Id), connection, transaction, postgres, Stop).ConfigureAwait(false);
        _names.Added(own.Select(lead => lead.Id));
        RowState[]? states = null;
        if (batch.TellStates)
        {
            int next = 0;
            states = [.. isKnown.Select(known => !known && added.Each![next++] ? RowState.Added : RowState.Known)];
        }

        return (new(added.Count, batch.Leads.Count - added.Count), states);
    }

    /// <summary>A lead that is known already: its account is known from the delivery on, where nobody said since when.</summary>
    private Lead AsTold(Lead lead) => lead is { IsRecordedSupposed: true, AccountKnownAt: null } ? lead with { AccountKnownAt = batch.DeliveredAt } : lead;

    private async Task<(AppendCount Count, RowState[]? States)> AddRowsAsync<TRow>(
        IReadOnlyList<TRow> rows, Func<IReadOnlyList<TRow>, bool, Task<AddedRows>> add, Func<TRow, string, DateTimeOffset, TRow> readdress)
        where TRow : HistoryRow
    {
        var states = new RowState[batch.TellStates ? rows.Count : 0];
        var kept = new List<TRow>(rows.Count);
        var waiting = new List<WaitingRow>();
        int orphaned = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            string lead = _names.Resolve(rows[i].LeadId);
            TRow row = lead == rows[i].LeadId ? rows[i] : readdress(rows[i], lead, Later(rows[i].RecordedAt, _names.ToldAt(rows[i].LeadId)));
            if (_names.IsKnown(lead))
            {
                kept.Add(row);
                continue;
            }

            orphaned++;
            _unknown.Add(rows[i].LeadId);
            if (batch.Delivered)
            {
                waiting.Add(WaitingRow.Of(row));
            }

            if (batch.TellStates)
            {
                states[i] = batch.Delivered ? RowState.Waiting : RowState.Orphaned;
            }
        }

        bool tell = _tell || kept.Exists(IsObjection);
        AddedRows added = kept.Count == 0 ? new(0, []) : await add(kept, tell).ConfigureAwait(false);
        if (tell)
        {
            NoteAdded(kept.Where((_, i) => added.Each![i]));
        }

        if (waiting.Count > 0)
        {
            await ParkAsync(waiting).ConfigureAwait(false);
        }

        for (int i = 0, next = 0; i < states.Length; i++)
        {
            if (states[i] == RowState.Added && !added.Each![next++])
            {
                states[i] = RowState.Known;
            }
        }

        return (new(added.Count, kept.Count - added.Count, orphaned), states);
    }

    /// <summary>An outcome that is known by its content is that of the lead itself, whatever name it came with.</summary>
    private static Outcome Readdress(Outcome row, string leadId, DateTimeOffset recordedAt)
    {
        Outcome own = row with { LeadId = leadId, RecordedAt = recordedAt };
        return row.Id == ContentId.Of(row) ? own with { Id = ContentId.Of(own) } : own;
    }

    /// <summary>That a row is the lead's was not known before its name was.</summary>
    private static DateTimeOffset Later(DateTimeOffset recordedAt, DateTimeOffset? toldAt) => toldAt > recordedAt ? toldAt.Value : recordedAt;

    private (AppendCount Count, RowState[]? States) Counted(int rows, AddedRows added) =>
        (new(added.Count, rows - added.Count), batch.TellStates ? [.. added.Each!.Select(isNew => isNew ? RowState.Added : RowState.Known)] : null);
}
