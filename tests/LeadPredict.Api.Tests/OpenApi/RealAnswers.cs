using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Api.Tests.OpenApi;

/// <summary>What the service takes and answers is what its document says.</summary>
public sealed class RealAnswers : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;
    private OperationsStore _operations = null!;
    private ApiHost _api = null!;
    private JsonElement _document;
    private DocumentedService _service = null!;

    public async Task InitializeAsync()
    {
        string connection = "sqlite:" + _folder["history.db"];
        _store = await HistoryStores.OpenAsync(connection, create: true);
        _operations = await OperationsStore.OpenAsync(connection, create: true);
        _api = await ApiHost.StartAsync(_store, adminKey: ApiHost.AdminKey, change: options => options with { Operations = _operations });
        _document = (await _api.GetAsync("/openapi/v1.json")).Body;
        _service = new(_api.Client, _document);
        await _service.AskAsync("POST", "/v1/leads", 200, """
            [{"id":"s1","createdAt":"2025-05-01","source":"event","attributes":{"employees":250,"email":"ada@acme.example"},"account":{"id":"a1","name":"Acme"} },
             {"id":"s2","createdAt":"2025-05-01","recordedAt":"2025-05-02","attributes":{"email":"ada@acme.example"} },
             {"id":"s3","createdAt":"2025-05-01"}]
            """);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _operations.DisposeAsync();
        await _store.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_AreAsDocumented()
    {
        await using ApiHost api = await ApiHost.StartAsync(model: false, adminKey: ApiHost.AdminKey);
        await api.Repository.PublishAsync(SmallTable.Draft());
        await api.Repository.PromoteAsync("flat", 1);
        var service = new DocumentedService(api.Client, _document);
        await service.AskAsync("POST", "/invocations", 200, """{"dataframe_records":[{"plan":"team","seats":7,"since":null}]}""");
        await service.AskAsync("POST", "/invocations", 200, """{"dataframe_split":{"columns":["plan","seats","since"],"data":[["team",7.5,"2024-01-05"],[12,null,null]]} }""");
        await service.AskAsync("POST", "/v2/models/flat/infer", 200, """
            {"inputs":[{"name":"plan","shape":[1],"datatype":"BYTES","data":["team"]},{"name":"seats","shape":[1],"datatype":"FP64","data":[7]},{"name":"since","shape":[1],"datatype":"BYTES","data":[null]}]}
            """);
        await service.AskAsync("GET", "/v2/models/flat", 200);
    }

    [Fact]
    public async Task Scores_AreAsDocumented()
    {
        string objector = ScoreRequests.With("\"attributes\": {", "\"attributes\": { \"profilingObjection\": true,");
        string lost = ScoreRequests.With("\"MarketingQualified\"", "\"Lost\"");
        foreach (string lead in new[] { ScoreRequests.Example, objector, lost, """{"leadId":"s1"}""" })
        {
            await _service.AskAsync("POST", "/v1/score", 200, lead);
            await _service.AskAsync("POST", "/v1/score?reasons=false", 200, lead);
            await _service.AskAsync("POST", "/invocations", 200, $$"""{"dataframe_records":[{{lead}}],"params":{} }""");
            await _service.AskAsync("POST", "/v2/models/small/infer", 200, Inference(lead));
        }

        await _service.AskAsync("POST", "/v1/score/batch", 200, $$"""[{{ScoreRequests.Example}},{"leadId":"none"},{{lost}}]""");
        await _service.AskAsync("GET", "/v1/leads/s1/score", 200);
        await _service.AskAsync("GET", "/v1/leads/s1/scores", 200);
        await _service.AskAsync("POST", "/invocations", 200, """{"dataframe_split":{"columns":["leadId"],"data":[["s1"]]} }""");
        await _service.AskAsync("POST", "/v2/models/small/versions/1/infer", 200, """{"id":"7","outputs":[{"name":"close"}],""" + Inference(ScoreRequests.Example)[1..]);

        await _service.AskAsync("POST", "/v1/score", 400, "{");
        await _service.AskAsync("POST", "/v1/score", 401, ScoreRequests.Example, key: "lp_none");
        await _service.AskAsync("POST", "/v1/score", 404, """{"leadId":"none"}""");
        await _service.AskAsync("POST", "/v1/score", 415, "a", type: "text/plain");
        await _service.AskAsync("POST", "/v1/score/batch?model=none", 404, "[]");
        await _service.AskAsync("POST", "/invocations", 400, "{}");
        await _service.AskAsync("POST", "/invocations", 404, """{"instances":[{"leadId":"none"}]}""");
        await _service.AskAsync("POST", "/v2/models/small/infer", 400, "{}");
        await _service.AskAsync("POST", "/v2/models/none/infer", 404, Inference(ScoreRequests.Example));
        await _service.AskAsync("GET", "/v1/leads/s1/score?asOf=soon", 400);
        await _service.AskAsync("GET", "/v1/leads/none/score", 404);
    }

    [Fact]
    public async Task History_IsAsDocumented()
    {
        await _service.AskAsync("POST", "/v1/leads", 200, """{"id":"s4","createdAt":"2025-05-01T00:00:00Z","accountId":"a1"}""");
        await _service.AskAsync("POST", "/v1/touches", 200, """{"leadId":"s1","type":"page_view","occurredAt":"2025-05-02T00:00:00Z","properties":{"page":"pricing"} }""");
        await _service.AskAsync("POST", "/v1/touches", 207, """[{"leadId":"s1","type":"page_view","occurredAt":"2025-05-03T00:00:00Z"},{"type":7}]""");
        await _service.AskAsync("POST", "/v1/touches", 400, """{"type":7}""");
        await _service.AskAsync("POST", "/v1/transitions", 200, """{"leadId":"s1","to":"MarketingQualified","occurredAt":"2025-05-03T00:00:00Z"}""");
        await _service.AskAsync("POST", "/v1/outcomes", 200, """{"leadId":"elsewhere","won":true,"amount":5000,"currency":"EUR","occurredAt":"2025-06-01T00:00:00Z"}""");
        await _service.AskAsync("POST", "/v1/ingest/cloudevents", 207, """[{"specversion":"1.0"},{}]""");
        await _service.AskAsync("GET", "/v1/leads/s1", 200);
        await _service.AskAsync("GET", "/v1/leads/s3", 200);
        await _service.AskAsync("GET", "/v1/leads/none", 404);
        await _service.AskAsync("GET", "/v1/leads?sort=points&limit=2&stage=MarketingQualified", 200);
        await _service.AskAsync("GET", "/v1/leads", 200);
        await _service.AskAsync("GET", "/v1/leads?limit=0", 400);

        await _service.AskAsync("POST", "/v1/leads/s1/accept", 200, """{"reason":"fits_profile","note":"at last"}""");
        await _service.AskAsync("POST", "/v1/leads/s1/won", 400, """{"amount":"much"}""");
        await _service.AskAsync("POST", "/v1/leads/s1/qualify", 200);
        await _service.AskAsync("POST", "/v1/leads/s1/accept", 409, """{"reason":"fits_profile"}""");
        await _service.AskAsync("POST", "/v1/leads/none/accept", 404);
        await _service.AskAsync("GET", "/v1/definitions", 200);
        await _service.AskAsync("POST", "/v1/definitions", 200, HandOffFile.DefaultYaml.Replace("version: 0", "version: 1", StringComparison.Ordinal), type: "application/yaml");
        await _service.AskAsync("POST", "/v1/definitions", 400, "version: x", type: "application/yaml");
        await _service.AskAsync("GET", "/v1/funnel", 200);
    }

    [Fact]
    public async Task People_AreAsDocumented()
    {
        await _service.AskAsync("GET", "/v1/duplicates", 200);
        await _service.AskAsync("POST", "/v1/duplicates/merge", 200, """{"keep":"s1","merge":"s2"}""");
        await _service.AskAsync("POST", "/v1/duplicates/merge", 409, """{"keep":"s1","merge":"s1"}""");
        await _service.AskAsync("GET", "/v1/duplicates", 200);
        await _service.AskAsync("POST", "/v1/duplicates/1/undo", 204);
        await _service.AskAsync("POST", "/v1/duplicates/1/undo", 404);
        await _service.AskAsync("POST", "/v1/leads/s1/objection", 200);
        await _service.AskAsync("DELETE", "/v1/leads/s1/objection", 200);
        await _service.AskAsync("POST", "/v1/leads/none/objection", 404);
        await _service.AskAsync("POST", "/v1/forget", 200, """{"leadId":"s1"}""");
        await _service.AskAsync("POST", "/v1/forget", 400, "{}");
        await _service.AskAsync("GET", "/v1/audit", 200);
    }

    [Fact]
    public async Task Models_AreAsDocumented()
    {
        await _api.Repository.PublishAsync(SmallModels.Draft(intercept: -2));
        await File.WriteAllTextAsync(Path.Combine(_api.Repository.Root, "small", "2", "manifest.json"), "{");
        await _service.AskAsync("GET", "/v1/models", 200);
        await _service.AskAsync("POST", "/v1/models/small/promote", 200, """{"version":1}""");
        await _service.AskAsync("POST", "/v1/models/small/promote", 400, """{"version":"x"}""");
        await _service.AskAsync("POST", "/v1/models/small/promote", 404, """{"version":9}""");
        await _service.AskAsync("POST", "/v1/models/small/rollback", 409);
        await _service.AskAsync("DELETE", "/v1/models/small/challenger", 404);
        await _service.AskAsync("GET", "/v1/compare", 200);
        await _service.AskAsync("GET", "/v1/compare?model=none", 404);
        await _service.AskAsync("GET", "/v1/events", 200);
        await _service.AskAsync("POST", "/v1/events/retry", 200);
        foreach (string path in new[] { "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/small", "/v2/models/small/ready", "/v2/models/small/versions/1", "/v2/models/small/versions/1/ready" })
        {
            await _service.AskAsync("GET", path, 200);
        }

        foreach (string path in new[] { "/v2/models/none", "/v2/models/none/ready", "/v2/models/small/versions/2", "/v2/models/small/versions/2/ready" })
        {
            await _service.AskAsync("GET", path, 404);
        }

        foreach (string path in new[] { "/health/live", "/health/ready", "/metrics", "/ping", "/version" })
        {
            await _service.AskAsync("GET", path, 200);
        }
    }

    [Fact]
    public async Task AServiceWithoutModelOrStore_IsAsDocumented()
    {
        await using ApiHost empty = await ApiHost.StartAsync(model: false, adminKey: ApiHost.AdminKey);
        var service = new DocumentedService(empty.Client, _document);
        await service.AskAsync("POST", "/v1/score", 503, ScoreRequests.Example);
        foreach (string path in new[] { "/health/ready", "/v2/health/ready", "/ping", "/v1/leads", "/v1/leads/s1", "/v1/leads/s1/scores", "/v1/funnel", "/v1/definitions", "/v1/audit", "/v1/events", "/v1/compare" })
        {
            await service.AskAsync("GET", path, 503);
        }

        await service.AskAsync("GET", "/v1/models", 200);
    }

    [Fact]
    public async Task ACallerWithoutAKey_IsAnsweredAsDocumented()
    {
        foreach (JsonProperty path in _document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty method in path.Value.EnumerateObject().Where(method => method.Value.GetProperty("responses").TryGetProperty("401", out _)))
            {
                method.Value.GetProperty("responses").TryGetProperty("403", out _).ShouldBeTrue(path.Name);
                string? body = method.Value.TryGetProperty("requestBody", out JsonElement documented) ? "{}" : null;
                string type = body is null ? "" : documented.GetProperty("content").EnumerateObject().First().Name;
                await _service.AskAsync(method.Name.ToUpperInvariant(), path.Name.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), 401, body, key: "lp_none", type: type);
            }
        }

        string[] open = ["/v2", "/v2/health/live", "/v2/health/ready", "/ping", "/version", "/health/live", "/health/ready"];
        _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Where(method => !method.Value.GetProperty("responses").TryGetProperty("401", out _)).Select(_ => path.Name))
            .ShouldBe(open, ignoreOrder: true);
    }

    [Fact]
    public async Task TheCallListsQuery_IsAsTheHandlerReadsIt()
    {
        JsonElement[] parameters = [.. _document.GetProperty("paths").GetProperty("/v1/leads").GetProperty("get").GetProperty("parameters").EnumerateArray()];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/leads?page=1");
        request.Headers.Add("X-Api-Key", ApiHost.AdminKey);
        using HttpResponseMessage refused = await _api.Client.SendAsync(request);
        JsonElement fault = JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("errors")[0];
        fault.GetProperty("expected").GetString().ShouldBe("one of " + string.Join(", ", parameters.Select(parameter => parameter.GetProperty("name").GetString())));

        foreach (JsonElement parameter in parameters)
        {
            (string name, JsonElement schema) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("schema"));
            string[] values = schema.TryGetProperty("enum", out JsonElement words) ? [.. words.EnumerateArray().Select(word => word.GetString()!)]
                : schema.TryGetProperty("maximum", out JsonElement most) ? [schema.GetProperty("minimum").GetRawText(), most.GetRawText()]
                : [new('x', schema.GetProperty("maxLength").GetInt32())];
            foreach (string value in values)
            {
                await _service.AskAsync("GET", $"/v1/leads?{name}={value}", 200);
            }
        }
    }

    private static string Inference(string lead) =>
        $$"""{"inputs":[{"name":"lead","shape":[1],"datatype":"BYTES","data":[{{JsonSerializer.Serialize(lead)}}]}]}""";
}
