using System.Text.Json;
using System.Text.Json.Nodes;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Every delivery one to five times, shuffled, by 16 clients at once: what comes of it is what once in order gives.</summary>
public sealed class ShuffledDeliveries
{
    private const int Clients = 16;

    [Fact]
    public async Task Deliveries_ShuffledAndRepeated_AreAsOnceInOrderOnSqlite()
    {
        using var folder = new TemporaryFolder();
        await ShouldBeAsOnceAsync("sqlite:" + folder["once.db"], "sqlite:" + folder["often.db"]);
    }

    [PostgresFact]
    public async Task Deliveries_ShuffledAndRepeated_AreAsOnceInOrderOnPostgres()
    {
        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        await ShouldBeAsOnceAsync(await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());
    }

    private static async Task ShouldBeAsOnceAsync(string once, string often)
    {
        var random = new Random(7);
        List<(string Path, string Body)> deliveries = [.. Deliveries()];
        (string Path, string Body)[] sent = [.. deliveries.SelectMany(delivery => Enumerable.Repeat(delivery, random.Next(1, 6)))];
        random.Shuffle(sent);

        string expected = await SendAsync(once, deliveries, clients: 1);
        string found = await SendAsync(often, sent, Clients);

        found.ShouldBe(expected);
        expected.ShouldContain("webinar_attended");
    }

    /// <summary>Each sender's items one by one, as far as its shape has single items, and rows of our own.</summary>
    private static IEnumerable<(string Path, string Body)> Deliveries()
    {
        for (int copy = 0; copy < 4; copy++)
        {
            foreach ((string source, string? list) in new[]
            {
                ("hubspot", null), ("hubspot-history", "results"), ("salesforce", "records"), ("segment", "batch"), ("marketo", "result"), ("cloudevents", null),
            })
            {
                JsonNode payload = JsonNode.Parse(Copy(Senders.Payload(source), copy))!;
                foreach (JsonNode? item in list is null ? payload.AsArray() : payload[list]!.AsArray())
                {
                    yield return ("/v1/ingest/" + source, list is null ? $"[{item!.ToJsonString()}]" : $$"""{"{{list}}":[{{item!.ToJsonString()}}]}""");
                }
            }

            foreach ((string type, JsonNode? list) in JsonNode.Parse(Copy(Senders.Payload("mautic"), copy))!.AsObject())
            {
                foreach (JsonNode? item in list!.AsArray())
                {
                    yield return ("/v1/ingest/mautic", $$"""{"{{type}}":[{{item!.ToJsonString()}}]}""");
                }
            }

            yield return ("/v1/leads", $$"""{"id":"own-{{copy}}","createdAt":"2025-01-0{{copy + 1}}","attributes":{"employees":[{"value":1,"occurredAt":"2025-01-05"},{"value":2,"occurredAt":"2025-01-06"}] } }""");
            yield return ("/v1/touches", $$"""[{"id":"o{{copy}}","leadId":"own-{{copy}}","type":"call","occurredAt":"2025-02-01"},{"leadId":"own-{{copy}}","type":"call","occurredAt":"2025-02-02","recordedAt":"2025-02-09"}]""");
            yield return ("/v1/transitions", $$"""{"leadId":"own-{{copy}}","to":"MarketingQualified","occurredAt":"2025-02-03"}""");
        }
    }

    /// <summary>The payload of another lead, with identifiers of its own.</summary>
    private static string Copy(string payload, int copy)
    {
        string[] ids = ["901", "902", "\"512\"", "00QA", "006A", "008A", "008B", "017A", "017B", "017C", "017D", "01AA", "u-1", "anon-0", "anon-1", "\"messageId\": \"m", "\"id\": 47", "80", "\"id\": 84", "\"id\": 3,", "1029", "\"leadId\": 6", "c-1", "A234"];
        return ids.Aggregate(payload, (text, id) => text.Replace(id, id.EndsWith('"') ? id[..^1] + copy + "\"" : id.EndsWith(',') ? id[..^1] + copy + "," : id + copy));
    }

    private static async Task<string> SendAsync(string connection, IReadOnlyList<(string Path, string Body)> deliveries, int clients)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true);
        await using ApiHost api = await ApiHost.StartAsync(store, model: false);
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = clients }, async (delivery, _) =>
        {
            (int status, JsonElement answer) = await api.SendAsync(Senders.Plain(delivery.Path, Senders.Bytes(delivery.Body)));
            status.ShouldBe(200, $"{delivery}: {answer}");
        });

        var lines = new List<string>();
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            lines.AddRange(account.Leads.Select(lead => JsonSerializer.Serialize(LeadPredict.Api.Answers.LeadAnswer.Of(account, lead), LeadPredict.Api.Answers.AnswerJson.Options)));
        }

        return string.Join('\n', lines);
    }
}
