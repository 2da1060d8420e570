using System.Collections.Concurrent;
using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Errors;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

/// <summary>A server that is killed again and again while four writers append. LEADPREDICT_CRASHES sets how often; 6 unless set.</summary>
public sealed class PostgresCrashTests
{
    private const int Touches = 50;
    private const int Writers = 4;

    private static readonly int Crashes = int.TryParse(
        Environment.GetEnvironmentVariable("LEADPREDICT_CRASHES"), NumberStyles.None, CultureInfo.InvariantCulture, out int set) ? set : 6;

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly int[] _next = new int[Writers];

    [PostgresFact]
    public async Task Append_ServerKilledInTheMiddle_KeepsWholeBatchesAndAllAcknowledgedOnes()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string text = await cluster.CreateDatabaseAsync();
        await using IHistoryStore store = await HistoryStores.OpenAsync(text, create: true);
        var random = new Random(3);
        for (int crash = 1; crash <= Crashes; crash++)
        {
            int before = _acknowledged.Count;
            Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteUntilBrokenAsync(store, writer)))];
            SpinWait.SpinUntil(() => _acknowledged.Count > before + random.Next(20));
            cluster.Kill();
            await Task.WhenAll(writers);
            await cluster.StartAsync();

            await ShouldBeWholeAsync(store);
        }

        // What was sent in vain may be sent again: it is there or not, and then it is there once.
        for (int writer = 0; writer < Writers; writer++)
        {
            (await store.AppendAsync(Batch(writer, _next[writer]))).Total.Orphaned.ShouldBe(0);
        }

        HistorySummary summary = await store.SummarizeAsync();
        summary.Leads.ShouldBe(_next.Sum() + Writers);
        summary.Touches.ShouldBe(summary.Leads * Touches);
    }

    private static HistoryBatch Batch(int writer, int number)
    {
        LeadBuilder lead = new LeadBuilder(Name(writer, number)).Has("n", number).Enters(Stage.MarketingQualified, 1);
        for (int i = 0; i < Touches; i++)
        {
            lead.Touched("page_view", i);
        }

        return HistoryBatch.Of(lead.BuildAlone());
    }

    private static string Name(int writer, int number) => $"w{writer}-{number:D6}";

    private async Task WriteUntilBrokenAsync(IHistoryStore store, int writer)
    {
        while (true)
        {
            try
            {
                await store.AppendAsync(Batch(writer, _next[writer]));
            }
            catch (StoreServerException broken)
            {
                broken.MayPass.ShouldBeTrue(broken.ToString());
                return;
            }

            _acknowledged[Name(writer, _next[writer])] = true;
            _next[writer]++;
        }
    }

    private async Task ShouldBeWholeAsync(IHistoryStore store)
    {
        var found = new HashSet<string>();
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            LeadHistory lead = account.Leads.ShouldHaveSingleItem();
            (lead.Touches.Count, lead.Attributes.Count, lead.Transitions.Count).ShouldBe((Touches, 1, 1));
            found.Add(lead.Lead.Id);
        }

        _acknowledged.Keys.Except(found).ShouldBeEmpty("acknowledged and lost");
        found.Except(_acknowledged.Keys).Count().ShouldBeLessThanOrEqualTo(Writers);
    }
}
