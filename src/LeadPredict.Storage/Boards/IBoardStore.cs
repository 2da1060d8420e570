namespace LeadPredict.Storage.Boards;

/// <summary>
/// What the pages show, kept beside the history it was made from: aggregates as texts, and the call list as rows that the database filters, sorts, counts
/// and sums. Safe to use from several threads and processes; the last to write stands.
/// </summary>
public interface IBoardStore
{
    /// <summary>The board of a name, or null before the first.</summary>
    Task<KeptBoard?> FindAsync(string name, CancellationToken ct = default);

    /// <summary>Puts a board in place of the one of its name before.</summary>
    Task KeepAsync(KeptBoard board, CancellationToken ct = default);

    /// <summary>The same, and the call list with it, all or none.</summary>
    Task ReplaceAsync(KeptBoard board, IReadOnlyList<KeptCall> calls, CancellationToken ct = default);

    /// <summary>Puts one row in place of the lead's before; null takes it from the list.</summary>
    Task MendAsync(string leadId, KeptCall? call, CancellationToken ct = default);

    /// <summary>Rows in order, as <see cref="KeptCall.Content"/>.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="order">In what order; ties by chance, then identifier.</param>
    /// <param name="skip">So many are passed over, from 0.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<IReadOnlyList<string>> ListAsync(CallFilter filter, CallOrder order, int skip, int most, CancellationToken ct = default);

    /// <summary>The list's leads with their stages.</summary>
    Task<IReadOnlyDictionary<string, string>> StagesAsync(CancellationToken ct = default);

    /// <summary>One lead's row, or null.</summary>
    Task<string?> FindCallAsync(string leadId, CancellationToken ct = default);

    /// <summary>The list in figures.</summary>
    /// <param name="filter">Which leads.</param>
    /// <param name="capacity">How many are called, most worth first.</param>
    /// <param name="asOf">First calls promised before this instant are overdue,</param>
    /// <param name="now">and of leads that came since then to where they stand those promised before this one.</param>
    /// <param name="ct">Stops the counting.</param>
    Task<CallTotals> TotalAsync(CallFilter filter, int capacity, DateTimeOffset asOf, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>How many leads of the history were called or met in a span, each once.</summary>
    /// <param name="from">The start, included.</param>
    /// <param name="until">The end, excluded.</param>
    /// <param name="ct">Stops the counting.</param>
    Task<int> CountCalledAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken ct = default);
}

/// <summary>Aggregates at one instant.</summary>
/// <param name="Name">What it is kept under.</param>
/// <param name="MadeAt">When they were made; a board made later is a newer one.</param>
/// <param name="Content">The store does not look into it.</param>
public sealed record KeptBoard(string Name, DateTimeOffset MadeAt, string Content);
