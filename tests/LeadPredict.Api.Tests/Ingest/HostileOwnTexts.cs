using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>The texts of <see cref="HostileTexts"/> in every text, and every name that is free, of the service's own routes.</summary>
public sealed class HostileOwnTexts
{
    private const string Place = "@HOSTILE@";

    /// <summary>A route with a body; N is another number each time, so that nothing is known already.</summary>
    private static readonly (string Path, string Body)[] Requests =
    [
        ("/v1/leads", """{"id":"lN","createdAt":"2025-01-01","source":"web","account":{"id":"aN","name":"Acme","domain":"acme.example"},"attributes":{"jobTitle":"CTO"}}"""),
        ("/v1/leads", """{"id":"lN","createdAt":"2025-01-01","accountId":"aN","attributes":{"jobTitle":[{"value":"CTO","occurredAt":"2025-01-02"}]}}"""),
        ("/v1/touches", """{"id":"tN","leadId":"known","type":"call","occurredAt":"2025-02-01","properties":{"page":"pricing"}}"""),
        ("/v1/transitions", """{"id":"sN","leadId":"known","to":"MarketingQualified","occurredAt":"2025-02-01","actor":"ann","reason":"asked"}"""),
        ("/v1/outcomes", """{"id":"oN","leadId":"known","won":true,"occurredAt":"2025-03-01","amount":5,"currency":"EUR"}"""),
        ("/v1/leads/known/reject", """{"id":"dN","reason":"no_budget","actor":"ann","note":"next year","occurredAt":"2025-06-01"}"""),
        ("/v1/leads/known/won", """{"id":"wN","actor":"ann","note":"signed","amount":5,"currency":"EUR"}"""),
        ("/v1/duplicates/merge", """{"keep":"known","merge":"other","reason":"the same"}"""),
    ];

    /// <summary>Sent after all others, since whoever goes by such a name is gone then.</summary>
    private static readonly (string Path, string Body)[] LastRequests =
    [
        ("/v1/forget", """{"email":"nobody@x.example"}"""), ("/v1/forget", """{"leadId":"nobody"}"""),
        ("/v1/leads", """{"id":"gone","createdAt":"2025-01-01"}"""), ("/v1/touches", """{"leadId":"other","type":"call","occurredAt":"2025-02-01","properties":{"page":"pricing"}}"""),
    ];

    [Fact]
    public async Task Text_InAnyPlaceOfOwnRoutes_IsKeptOrRefusedOnSqlite()
    {
        using var folder = new TemporaryFolder();
        await ShouldEndWellAsync("sqlite:" + folder["history.db"]);
    }

    [PostgresFact]
    public async Task Text_InAnyPlaceOfOwnRoutes_IsKeptOrRefusedOnPostgres() =>
        await ShouldEndWellAsync(await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync());

    private static async Task ShouldEndWellAsync(string connection)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync(connection, create: true);
        await using ApiHost api = await ApiHost.StartAsync(store, adminKey: ApiHost.AdminKey, change: options => options with { Operations = operations });
        api.Client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.AdminKey);
        await api.PostAsync("/v1/leads", """[{"id":"known","createdAt":"2025-01-01"},{"id":"other","createdAt":"2025-01-01"}]""");
        int number = 0;
        foreach (string text in HostileTexts.Corpus)
        {
            foreach ((string path, string body) in Requests)
            {
                await ShouldEndWellAsync(api, path, body.Replace("N\"", $"{++number}\"", StringComparison.Ordinal), text);
            }

            // A NUL in a path is refused by the server itself, and not even sent by the one of the tests.
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                await ShouldBeFoundOrNotAsync(api, Uri.EscapeDataString(text));
            }
        }

        (await api.GetAsync("/v1/leads/other")).Status.ShouldBe(200);
        foreach (string text in HostileTexts.Corpus)
        {
            foreach ((string path, string body) in LastRequests)
            {
                await ShouldEndWellAsync(api, path, body, text);
            }
        }

        api.Log.Lines.ShouldAllBe(line => !line.Contains("DROP TABLE", StringComparison.Ordinal) && !line.Contains("Exception at", StringComparison.Ordinal));
    }

    private static async Task ShouldEndWellAsync(ApiHost api, string path, string body, string text)
    {
        foreach (string changed in Changed(body))
        {
            string sent = changed.Replace($"\"{Place}\"", HostileTexts.Json(text), StringComparison.Ordinal);
            using HttpResponseMessage answer = await api.Client.SendAsync(Senders.Plain(path, Senders.Bytes(sent)));

            ((int)answer.StatusCode is 200 or 207 or 400 or 404 or 409).ShouldBeTrue($"{text} in {path} {sent}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static async Task ShouldBeFoundOrNotAsync(ApiHost api, string escaped)
    {
        foreach ((HttpMethod method, string path) in new[]
        {
            (HttpMethod.Get, $"/v1/leads/{escaped}"), (HttpMethod.Get, $"/v1/leads/{escaped}/score"), (HttpMethod.Post, $"/v1/leads/{escaped}/objection"),
            (HttpMethod.Get, $"/v1/leads?sort={escaped}&source={escaped}"), (HttpMethod.Post, $"/v1/duplicates/{escaped}/undo"), (HttpMethod.Get, $"/lead?id={escaped}"),
        })
        {
            using HttpResponseMessage answer = await api.Client.SendAsync(new(method, path));
            ((int)answer.StatusCode).ShouldBeLessThan(500, path);
        }
    }

    /// <summary>The body with each of its texts, and each name of an attribute or a property, made the place in turn.</summary>
    private static IEnumerable<string> Changed(string body)
    {
        byte[] bytes = Senders.Bytes(body);
        var reader = new Utf8JsonReader(bytes);
        List<(int At, int Length)> places = [];
        bool free = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String || (reader.TokenType == JsonTokenType.PropertyName && free))
            {
                places.Add(((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2));
            }

            free = reader.TokenType == JsonTokenType.StartObject ? free : reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is "attributes" or "properties";
        }

        return places.Select(place => body[..place.At] + $"\"{Place}\"" + body[(place.At + place.Length)..]);
    }
}
