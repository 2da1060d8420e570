using System.Net.Http.Headers;
using System.Text;
using LeadPredict.Api.Security;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Operations;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LeadPredict.Api.Tests.Security;

/// <summary>Every route there is, also those that are added later, with every wrong key.</summary>
public sealed class RouteKeys : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private OperationsStore _operations = null!;
    private ApiHost _api = null!;

    private static DateTimeOffset Now => ApiHost.Clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        _operations = await OperationsStore.OpenAsync("sqlite:" + _folder["leads.db"], create: true);
        _api = await ApiHost.StartAsync(change: options => options with { Operations = _operations, RequireKeys = true });
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _operations.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Routes_AllOfThem_SayWhoMayCall() =>
        (await Task.FromResult(Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<RouteScope>() is null).Select(endpoint => endpoint.DisplayName)))
            .ShouldBeEmpty("a group of routes says RequireScope or AllowWithoutKey");

    [Fact]
    public async Task Routes_WithoutAGoodKey_AreClosed()
    {
        string expired = await KeyAsync(AccessScopes.Admin, Now);
        string revoked = await KeyAsync(AccessScopes.Admin);
        await _operations.Keys.RevokeAsync(AccessKeyText.IdOf(revoked)!, Now);
        string[] weaker = [await KeyAsync(AccessScopes.Score), await KeyAsync(AccessScopes.Ingest), await KeyAsync(AccessScopes.Read)];
        string wrong = AccessKeyText.Create("x", AccessScopes.Admin, Now, null).Text;
        string changed = expired[..^1] + (expired[^1] == '0' ? '1' : '0');
        int asked = 0;
        foreach (RouteEndpoint endpoint in Endpoints())
        {
            RouteScope route = endpoint.Metadata.GetMetadata<RouteScope>()!;
            if (route.Scope == AccessScopes.None)
            {
                continue;
            }

            foreach (string? key in new[] { null, "", "nonsense", wrong, changed, expired, revoked })
            {
                (await AskAsync(endpoint, key)).ShouldBe(route.IsForPeople && MethodOf(endpoint) == "GET" ? 302 : 401, $"{endpoint.DisplayName} with '{key}'");
            }

            foreach ((string key, AccessScopes scope) in weaker.Zip([AccessScopes.Score, AccessScopes.Ingest, AccessScopes.Read]))
            {
                int status = await AskAsync(endpoint, key);
                (status == 403).ShouldBe((scope & route.Scope) != route.Scope, $"{endpoint.DisplayName} with a key for {scope} answers {status}");
                asked++;
            }
        }

        asked.ShouldBeGreaterThan(20);
        string log = string.Join('\n', _api.Log.Lines);
        foreach (string key in new[] { wrong, changed, expired, revoked, weaker[0] })
        {
            log.ShouldNotContain(key[^64..]);
        }
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic")]
    [InlineData("X-Api-Key")]
    [InlineData("Cookie")]
    public async Task Key_InEachPlace_IsTaken(string place)
    {
        string key = await KeyAsync(AccessScopes.Read);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        (string name, string value) = place switch
        {
            "Bearer" => ("Authorization", "Bearer " + key),
            "Basic" => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))),
            "Cookie" => ("Cookie", "leadpredict-key=" + key),
            _ => ("X-Api-Key", key),
        };
        request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _api.Client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task AdminActions_DoneAndRefused_AreWrittenDown()
    {
        string key = await KeyAsync(AccessScopes.Admin);
        _api.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await _api.Repository.PublishAsync(SmallModels.Draft(intercept: -2));
        (await _api.PostAsync("/v1/models/small/promote", """{"version":2}""")).Status.ShouldBe(200);
        (await _api.PostAsync("/v1/models/a%0Ab/rollback", "")).Status.ShouldBe(404);

        (int status, System.Text.Json.JsonElement audit) = await _api.GetAsync("/v1/audit");
        status.ShouldBe(200);
        audit.EnumerateArray().Select(entry => $"{entry.GetProperty("action")} {entry.GetProperty("subject")} {entry.GetProperty("outcome")}")
            .ShouldBe(["rollback (no model name) refused: ModelReferenceException", "promote small@2 as Champion done"]);
        audit[0].GetProperty("actor").GetString()!.ShouldContain(AccessKeyText.IdOf(key)!);
    }

    [Fact]
    public async Task Loopback_WithoutAKey_IsForLocalCallersOfThisMachine()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (await api.GetAsync("/v1/models")).Status.ShouldBe(200);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Host = "attacker.example" } };
        ((int)(await api.Client.SendAsync(rebound)).StatusCode).ShouldBe(403);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/v1/score") { Content = new StringContent(ScoreRequests.Example, Encoding.UTF8, "application/json") };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        ((int)(await api.Client.SendAsync(foreign)).StatusCode).ShouldBe(403);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://unix:/run/leadpredict.sock", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("https://leads.example.com", false)]
    [InlineData("http://localhost.example.com", false)]
    public void Address_IsLoopback_OnlyWhenItIs(string address, bool expected)
    {
        KeyGate.IsLoopback(address).ShouldBe(expected);
        if (!expected)
        {
            Should.Throw<ArgumentException>(() => LeadPredictApi.Create(new() { Urls = "http://localhost:1;" + address })).Message.ShouldContain(address);
        }
    }

    private List<RouteEndpoint> Endpoints() => [.. _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private async Task<string> KeyAsync(AccessScopes scopes, DateTimeOffset? expires = null)
    {
        (AccessKey key, string text) = AccessKeyText.Create("test", scopes, Now.AddDays(-1), expires);
        await _operations.Keys.AddAsync(key);
        return text;
    }

    private static string MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";

    private async Task<int> AskAsync(RouteEndpoint endpoint, string? key)
    {
        string path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x"));
        string method = MethodOf(endpoint);
        using var request = new HttpRequestMessage(new(method), "/" + path);
        if (method != "GET")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue(endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json"));
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        using HttpResponseMessage response = await _api.Client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
