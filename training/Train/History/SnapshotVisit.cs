using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.History;

/// <summary>Streams a history past chosen rows: one account is in memory at a time, and of each row no more than the visitor keeps.</summary>
internal static class SnapshotVisit
{
    public static async Task ForEachAsync(
        IHistoryStore store,
        IReadOnlyCollection<HistoryRow> rows,
        string what,
        ConsoleHost host,
        Action<HistoryRow, Snapshot, LeadHistory> visit,
        CancellationToken cancellation)
    {
        ILookup<string, HistoryRow> byLead = rows.ToLookup(row => row.LeadId, StringComparer.Ordinal);
        int done = 0;
        await foreach (AccountHistory account in store.ReadAccountsAsync(cancellation))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                foreach (HistoryRow row in byLead[lead.Lead.Id])
                {
                    visit(row, Snapshot.Take(account, lead, row.AsOf), lead);
                    if (++done % 10_000 == 0)
                    {
                        host.Progress($"{what}: {done}/{rows.Count}");
                    }
                }
            }
        }
    }
}
