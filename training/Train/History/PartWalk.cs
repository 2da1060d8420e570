using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Spool;

namespace LeadPredict.Training.Train.History;

/// <summary>Walks a history on all processors. What each part comes to is taken one after another, in order: the same whatever the number of threads.</summary>
internal static class PartWalk
{
    /// <param name="spool">The history.</param>
    /// <param name="tables">What is read beside the leads.</param>
    /// <param name="work">Makes something of a part's accounts; several at once.</param>
    /// <param name="take">Takes what was made, in the order of the parts and one at a time.</param>
    /// <param name="cancellation">Ends the walk between two parts.</param>
    public static Task ForEachAsync<T>(
        HistorySpool spool, SpoolTables tables, Func<IEnumerable<AccountHistory>, T> work, Action<T> take, CancellationToken cancellation) =>
        ForEachAsync(spool.Parts, part => work(spool.Read(part, tables)), take, cancellation);

    /// <param name="parts">How many parts there are.</param>
    /// <param name="work">Makes something of a part; several at once.</param>
    /// <param name="take">Takes what was made, in the order of the parts and one at a time.</param>
    /// <param name="cancellation">Ends the walk between two parts.</param>
    public static async Task ForEachAsync<T>(int parts, Func<int, T> work, Action<T> take, CancellationToken cancellation)
    {
        // A little ahead of what is taken, so that nobody waits, and no more, so that memory holds few parts.
        int ahead = Environment.ProcessorCount + 1;
        Queue<Task<T>> begun = new();
        try
        {
            for (int next = 0; next < parts; next++)
            {
                int part = next;
                begun.Enqueue(Task.Run(() => work(part), cancellation));
                if (begun.Count >= ahead)
                {
                    take(await begun.Dequeue());
                }
            }

            while (begun.Count > 0)
            {
                take(await begun.Dequeue());
            }
        }
        finally
        {
            // After a fault the others still read from the spool, which its owner will close.
            await Task.WhenAll(begun).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
