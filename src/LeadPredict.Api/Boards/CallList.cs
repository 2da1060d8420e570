using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Boards;

/// <summary>The call list in the store: the database filters, sorts, counts and sums it, and only the rows that are shown are read.</summary>
internal sealed class CallList(IBoardStore store)
{
    public async Task<IReadOnlyList<CallRow>> ReadAsync(CallFilter filter, CallOrder order, int skip, int most, CancellationToken cancellation) =>
        [.. (await store.ListAsync(filter, order, skip, most, cancellation)).Select(BoardJson.Read<CallRow>).OfType<CallRow>()];

    public Task<CallTotals> TotalAsync(CallFilter filter, int capacity, DateTimeOffset asOf, DateTimeOffset now, CancellationToken cancellation) =>
        store.TotalAsync(filter, capacity, asOf, now, cancellation);

    /// <summary>Puts a row in place of the lead's before; null takes it from the list.</summary>
    public Task MendAsync(string leadId, CallRow? row, CancellationToken cancellation) => store.MendAsync(leadId, row is null ? null : Kept(row), cancellation);

    /// <summary>A row as the store keeps it.</summary>
    public static KeptCall Kept(CallRow row) => new()
    {
        LeadId = row.LeadId,
        Stage = row.Stage.ToString(),
        Source = row.Source,
        Owner = row.Next.Owner,
        Grade = row.Grade,
        Agreement = row.Agreement.ToString(),
        Sought = string.Join('\n', row.Account, row.JobTitle, row.LeadId),
        IsPromise = row.Assumes is null,
        Worth = row.Worth,
        Probability = row.Probability.Value,
        Points = row.Points,
        StageSince = row.StageSince,
        CallDue = row.CallDue,
        Content = BoardJson.Write(row),
    };
}
