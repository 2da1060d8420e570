using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>
/// The service on a PostgreSQL server that is killed again and again while four clients send touches: what was answered with 200 is there, no request
/// is kept in part, and what cannot be kept is answered with 503, so that senders come again. LEADPREDICT_CRASHES sets how often; 3 unless set.
/// </summary>
public sealed class CrashedPostgres
{
    private const int Touches = 20;
    private const int Clients = 4;

    private static readonly int Crashes = int.TryParse(
        Environment.GetEnvironmentVariable("LEADPREDICT_CRASHES"), NumberStyles.None, CultureInfo.InvariantCulture, out int set) ? set : 3;

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly int[] _next = new int[Clients];

    [PostgresFact]
    public async Task Ingest_ServerKilledInTheMiddle_KeepsAllThatWasAcknowledged()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        await using IHistoryStore store = await HistoryStores.OpenAsync(await cluster.CreateDatabaseAsync(), create: true);
        await using ApiHost api = await ApiHost.StartAsync(store, model: false);
        (await api.PostAsync("/v1/leads", $"[{string.Join(',', Enumerable.Range(0, Clients).Select(client => $$"""{"id":"c{{client}}","createdAt":"2025-01-01"}"""))}]")).Status.ShouldBe(200);
        var random = new Random(5);
        for (int crash = 1; crash <= Crashes; crash++)
        {
            int before = _acknowledged.Count;
            Task[] clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => SendUntilBrokenAsync(api.Client, client)))];
            SpinWait.SpinUntil(() => _acknowledged.Count > before + random.Next(20), TimeSpan.FromSeconds(60)).ShouldBeTrue("nothing was acknowledged");
            cluster.Kill();
            await Task.WhenAll(clients);
            await cluster.StartAsync();

            await ShouldBeWholeAsync(store);
        }

        // What was sent in vain is sent again: it is there or not, and then it is there once.
        foreach (int client in Enumerable.Range(0, Clients))
        {
            (await SendAsync(api.Client, client)).ShouldBe(HttpStatusCode.OK);
        }

        (await store.SummarizeAsync()).Touches.ShouldBe((_next.Sum() + Clients) * Touches);
    }

    private async Task SendUntilBrokenAsync(HttpClient http, int client)
    {
        HttpStatusCode status;
        while ((status = await SendAsync(http, client)) == HttpStatusCode.OK)
        {
            _acknowledged[Request(client)] = true;
            _next[client]++;
        }

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private async Task<HttpStatusCode> SendAsync(HttpClient http, int client)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            "/v1/touches", Enumerable.Range(0, Touches).Select(i => new { id = $"{Request(client)}/{i}", leadId = $"c{client}", type = "call", occurredAt = "2025-01-02" }));
        return answer.StatusCode;
    }

    private string Request(int client) => $"c{client}-{_next[client]:D6}";

    private async Task ShouldBeWholeAsync(IHistoryStore store)
    {
        var found = new HashSet<string>();
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            foreach (var request in account.Leads.ShouldHaveSingleItem().Touches.GroupBy(touch => touch.Id.Split('/')[0]))
            {
                request.Count().ShouldBe(Touches);
                found.Add(request.Key);
            }
        }

        _acknowledged.Keys.Except(found).ShouldBeEmpty("acknowledged and lost");
        found.Except(_acknowledged.Keys).Count().ShouldBeLessThanOrEqualTo(Clients);
    }
}
