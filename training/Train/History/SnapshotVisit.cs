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
    /// <param name="visit">Visits a row; those of one part come one after another. The snapshot is used again for the next.</param>
    /// <param name="take">Takes what a part's visits gathered, in order.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="end">What is done with what a part's visits gathered before it is taken; several at once. Null for nothing.</param>
    public static async Task ForEachAsync<T>(
        HistorySpool spool,
        IReadOnlyCollection<HistoryRow> rows,
        string what,
        ConsoleHost host,
        Func<int, T> begin,
        Action<T, HistoryRow, Snapshot, LeadHistory> visit,
        Action<T> take,
        CancellationToken cancellation,
        Action<T>? end = null)
    {
        HistoryRow[][] parts = Parted(spool, rows);
        int done = 0;
        await PartWalk.ForEachAsync(
            spool.Parts,
            part =>
            {
                Dictionary<string, List<HistoryRow>> byLead = ByLead(parts[part]);
                T gathered = begin(parts[part].Length);
                Snapshot? snapshot = null;
                foreach (AccountHistory account in spool.Read(part, SpoolTables.Learnt, byLead.ContainsKey))
                {
                    foreach (LeadHistory lead in account.Leads)
                    {
                        if (byLead.TryGetValue(lead.Lead.Id, out List<HistoryRow>? own))
                        {
                            foreach (HistoryRow row in own)
                            {
                                snapshot = Snapshot.Take(account, lead, row.AsOf, snapshot);
                                visit(gathered, row, snapshot, lead);
                            }
                        }
                    }
                }

                end?.Invoke(gathered);
                return (Gathered: gathered, Visits: parts[part].Length);
            },
            part =>
            {
                take(part.Gathered);
                done += part.Visits;
                host.Progress($"{what}: {done}/{rows.Count}");
            },
            cancellation);
    }

    /// <summary>The rows of each part, in the order given.</summary>
    private static HistoryRow[][] Parted(HistorySpool spool, IReadOnlyCollection<HistoryRow> rows)
    {
        HistoryRow[] all = [.. rows];
        var partOf = new int[all.Length];
        Parallel.For(0, all.Length, row => partOf[row] = spool.PartOf(all[row].LeadId));
        var counts = new int[spool.Parts];
        foreach (int part in partOf)
        {
            counts[part]++;
        }

        HistoryRow[][] parts = [.. counts.Select(count => new HistoryRow[count])];
        Array.Clear(counts);
        for (int row = 0; row < all.Length; row++)
        {
            parts[partOf[row]][counts[partOf[row]]++] = all[row];
        }

        return parts;
    }

    private static Dictionary<string, List<HistoryRow>> ByLead(HistoryRow[] rows)
    {
        var byLead = new Dictionary<string, List<HistoryRow>>(rows.Length, StringComparer.Ordinal);
        foreach (HistoryRow row in rows)
        {
            if (!byLead.TryGetValue(row.LeadId, out List<HistoryRow>? own))
            {
                byLead.Add(row.LeadId, own = new(1));
            }

            own.Add(row);
        }

        return byLead;
    }
}
