using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Spool;

namespace LeadPredict.Storage;

/// <summary>The lead history, kept: append-only, two clocks on every row, the first write of an identifier stands.</summary>
/// <remarks>
/// Safe to use from several threads, and several processes may open one store. A reader sees the store as it was when
/// its reading began. Text is kept as given; instants are cut to whole microseconds. Any member throws
/// <see cref="Errors.StoreFileException"/> or <see cref="Errors.StoreServerException"/> when file or server do not serve; their base is
/// <see cref="Errors.StorageException"/>.
/// </remarks>
public interface IHistoryStore : IAsyncDisposable
{
    /// <summary>Adds a batch in one transaction: all of it, or nothing when it throws.</summary>
    /// <remarks>
    /// Rows may refer to leads of the same batch. A row whose lead is nowhere known is not kept, but counted and named in
    /// <see cref="AppendResult.UnknownLeads"/>. An attribute change is known by lead, name and its two instants.
    /// </remarks>
    /// <exception cref="Errors.InvalidHistoryException">A row has an identifier, text or instant that cannot be kept; nothing was written.</exception>
    Task<AppendResult> AppendAsync(HistoryBatch batch, CancellationToken ct = default);

    /// <summary>
    /// Streams every account with its leads, in order of the UTF-8 bytes of <see cref="AccountHistory.GroupKey"/>.
    /// Memory holds one account at a time.
    /// </summary>
    IAsyncEnumerable<AccountHistory> ReadAccountsAsync(CancellationToken ct = default);

    /// <summary>
    /// Streams, in the same order, the accounts that have a lead from MQL to opportunity as of an instant, or a won deal with an amount, whole; it may stream
    /// some others too. Far fewer than all, so it is much faster.
    /// </summary>
    IAsyncEnumerable<AccountHistory> ReadAccountsInPlayAsync(DateTimeOffset asOf, CancellationToken ct = default);

    /// <summary>Reads everything once, to be walked several times; much faster than streaming as often. Dispose of it when done.</summary>
    /// <param name="now">What <see cref="FindLastRecordedAsync"/> takes, for <see cref="HistorySpool.LastRecordedAt"/>.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="Errors.SpoolException">The temporary file that it is read into cannot be made or written.</exception>
    Task<HistorySpool> SpoolAsync(DateTimeOffset now, CancellationToken ct = default);

    /// <summary>
    /// The account of a lead with all of its leads, found by index; null when the lead is not known. An alias means its lead, which the account then finds by it
    /// (<see cref="AccountHistory.Find"/>).
    /// </summary>
    Task<AccountHistory?> FindAccountOfLeadAsync(string leadId, CancellationToken ct = default);

    /// <summary>Streams the identifiers of all leads, in order of their accounts' group keys.</summary>
    IAsyncEnumerable<string> ReadLeadIdsAsync(CancellationToken ct = default);

    /// <summary>Those of some identifiers that leads have, merged ones too.</summary>
    Task<IReadOnlySet<string>> FindLeadsAsync(IReadOnlyCollection<string> leadIds, CancellationToken ct = default);

    /// <summary>How much there is, and from when to when.</summary>
    Task<HistorySummary> SummarizeAsync(CancellationToken ct = default);

    /// <summary>
    /// The latest that anything was recorded: until then the history is observed. Decisions made with the service count for a week after anything else: in a history that
    /// ended long ago nobody watched the other leads since. Null when there is nothing.
    /// </summary>
    /// <param name="now">
    /// Rows recorded later tell nothing of it: a meeting planned for next month, or a mistyped year. They would have every open lead of today be a lost one.
    /// </param>
    /// <param name="ct">Stops the reading.</param>
    Task<DateTimeOffset?> FindLastRecordedAsync(DateTimeOffset now, CancellationToken ct = default);

    /// <summary>The steps of this company's funnel, or null when they were never set.</summary>
    Task<FunnelDefinition?> GetFunnelAsync(CancellationToken ct = default);

    /// <summary>Sets the steps of this company's funnel, in place of what was set before.</summary>
    Task SetFunnelAsync(FunnelDefinition funnel, CancellationToken ct = default);
}
