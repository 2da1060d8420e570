using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.History;

/// <summary>Visits chosen rows with their snapshots, in the order of the history, on all processors: of each row no more is held than the visitor keeps.</summary>
internal static class SnapshotVisit
{
    /// <summary>Visits that gather something: each part of the history has its own <typeparamref name="T"/>.</summary>
    /// <param name="spool">The history that the rows are of.</param>
    /// <param name="rows">The rows; of one lead they are visited in this order.</param>
    /// <param name="what">What is done, for those who watch.</param>
    /// <param name="host">Where progress is shown.</param>
    /// <param name="begin">Makes what a part's visits gather in; it is told how many there will be.</param>
    /// <param name="visit">Visits a row; those of one part come one after another.</param>
    /// <param name="take">Takes what a part's visits gathered, in order.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task ForEachAsync<T>(
        HistorySpool spool,
        IReadOnlyCollection<HistoryRow> rows,
        string what,
        ConsoleHost host,
        Func<int, T> begin,
        Action<T, HistoryRow, Snapshot, LeadHistory> visit,
        Action<T> take,
        CancellationToken cancellation)
    {
        ILookup<int, HistoryRow> byPart = rows.ToLookup(row => spool.PartOf(row.LeadId));
        int done = 0;
        await PartWalk.ForEachAsync(
            spool,
            SpoolTables.All,
            (part, accounts) =>
            {
                ILookup<string, HistoryRow> byLead = byPart[part].ToLookup(row => row.LeadId, StringComparer.Ordinal);
                int visits = byPart[part].Count();
                T gathered = begin(visits);
                foreach (AccountHistory account in accounts)
                {
                    foreach (LeadHistory lead in account.Leads)
                    {
                        foreach (HistoryRow row in byLead[lead.Lead.Id])
                        {
                            visit(gathered, row, Snapshot.Take(account, lead, row.AsOf), lead);
                        }
                    }
                }

                return (gathered, visits);
            },
            part =>
            {
                take(part.gathered);
                done += part.visits;
                host.Progress($"{what}: {done}/{rows.Count}");
            },
            cancellation,
            part => byPart[part].Select(row => row.LeadId).ToHashSet(StringComparer.Ordinal));
    }
}
