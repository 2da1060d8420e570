using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

// Several writers at once, in threads of one process.
public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task Append_FromManyThreads_LosesNothing()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 24), async (i, ct) =>
            await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("l" + i).Touched("call", i).BuildAlone()), ct));

        HistorySummary summary = await Store.SummarizeAsync();
        (summary.Leads, summary.Touches).ShouldBe((24, 24));
    }

    [ContractFact]
    public async Task Append_SixteenClientsSendingTheSameDeliveriesShuffled_LeaveTheHistoryOfOnceInOrder()
    {
        AccountHistory[] written = [.. RandomHistories.Accounts(8, seed: 5)];
        HistoryBatch[] deliveries = [.. written.SelectMany(Deliveries)];

        AppendResult[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(() => SendAsync(client))));

        // Of all those deliveries every row was new once, and only once.
        results.Sum(result => result.Total.Added).ShouldBe(HistoryBatch.Of(written).Count);
        results.Sum(result => result.Total.Orphaned).ShouldBe(0);
        List<AccountHistory> read = await ReadAllAsync();
        read.Count.ShouldBe(written.Length);
        for (int i = 0; i < read.Count; i++)
        {
            ShouldBeSame(read[i], written[i]);
        }

        async Task<AppendResult> SendAsync(int client)
        {
            var random = new Random(client);
            HistoryBatch[] sent = [.. deliveries.SelectMany(delivery => Enumerable.Repeat(delivery, random.Next(1, 6)))];
            random.Shuffle(sent);
            AppendResult result = AppendResult.Empty;
            foreach (HistoryBatch delivery in sent)
            {
                result = result.With(await Store.AppendAsync(delivery));
            }

            return result;
        }
    }

    [ContractFact]
    public async Task Append_TheSameRowsInOppositeOrder_BothWritersEnd()
    {
        for (int round = 0; round < 5; round++)
        {
            LeadHistory[] leads = [.. Enumerable.Range(0, 200)
                .Select(i => new LeadBuilder($"r{round}-{i}").Touched("call", i).Has("a", i).BuildAlone().Leads[0])];
            HistoryBatch Batch(IEnumerable<LeadHistory> order) => HistoryBatch.Of(order.Select(lead => new AccountHistory(null, [lead])));

            AppendResult[] results = await Task.WhenAll(
                Task.Run(() => Store.AppendAsync(Batch(leads))), Task.Run(() => Store.AppendAsync(Batch(leads.Reverse()))));

            (results[0].Total.Added + results[1].Total.Added).ShouldBe(600);
        }
    }

    /// <summary>As reports are made.</summary>
    [ContractFact]
    public async Task Read_OfSeveralStatements_SeesTheStoreAsItWasAtTheFirst()
    {
        const string Count = "SELECT count(*) FROM leads";
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));

        (long First, long Second) read = await StoreDatabases.Of(Store).ReadAsync(
            async (connection, transaction) =>
            {
                long first = await connection.ExecuteScalarAsync<long>(Count, transaction: transaction);
                await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("b").BuildAlone()));
                return (first, await connection.ExecuteScalarAsync<long>(Count, transaction: transaction));
            },
            CancellationToken.None);

        read.ShouldBe((1, 1));
    }

    /// <summary>An account's history in three parts that may come in any order; each brings what its rows refer to.</summary>
    private static IEnumerable<HistoryBatch> Deliveries(AccountHistory account)
    {
        HistoryBatch all = HistoryBatch.Of(account);
        yield return all with { Touches = [], Transitions = [] };
        yield return new() { Leads = all.Leads, Touches = all.Touches };
        yield return new() { Leads = all.Leads, Transitions = all.Transitions, Touches = [.. all.Touches.Reverse().Take(5)] };
    }
}
