using System.Net.Http.Headers;
using System.Text;
using LeadPredict.Api.Security;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

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
        foreach (string header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded", "Via" })
        {
            using var passedOn = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            passedOn.Headers.Add(header, header == "Forwarded" ? "for=203.0.113.9" : header == "Via" ? "1.1 proxy" : "203.0.113.9");
            ((int)(await api.Client.SendAsync(passedOn)).StatusCode).ShouldBe(403, header);
        }

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

    [Fact]
    public async Task Keys_WhenTheClockIsSetBack_AreReadAgainAllTheSame()
    {
        var clock = new FakeTimeProvider(Now);
        var ring = new KeyRing(new() { Operations = _operations, Time = clock }, NullLogger<KeyRing>.Instance);
        string revoked = await KeyAsync(AccessScopes.Read);
        (await ring.FindAsync(revoked, CancellationToken.None)).ShouldNotBeNull();

        clock.Step(TimeSpan.FromHours(-1));
        await _operations.Keys.RevokeAsync(AccessKeyText.IdOf(revoked)!, clock.GetUtcNow());
        string added = await KeyAsync(AccessScopes.Read);
        clock.Advance(KeyRing.Freshness);

        (await ring.FindAsync(revoked, CancellationToken.None)).ShouldBeNull();
        (await ring.FindAsync(added, CancellationToken.None)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("https", null, true)]
    [InlineData(null, "https://leads.example.com", true)]
    public async Task Cookie_WhereTheBrowserSpeaksTls_IsSentOverTlsAlone(string? forwarded, string? publicUrl, bool secure)
    {
        await using ApiHost api = await ApiHost.StartAsync(adminKey: ApiHost.AdminKey, change: options => options with { Ingest = new() { PublicUrl = publicUrl } });
        using var request = new HttpRequestMessage(HttpMethod.Post, KeyCookie.SignInPath)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = ApiHost.AdminKey, ["returnTo"] = "/" }),
        };
        if (forwarded is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", forwarded);
        }

        using HttpResponseMessage response = await api.Client.SendAsync(request);
        string cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("leadpredict-key=" + ApiHost.AdminKey);
        cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(secure);
    }

    [Theory]
    [InlineData("a-key-of-enough-length\n", "http://127.0.0.1:5080", "that no header carries")]
    [InlineData("ein-schl\u00fcssel-der-lang-ist", "http://127.0.0.1:5080", "that no header carries")]
    [InlineData(ApiHost.AdminKey, "", "names no address")]
    [InlineData(ApiHost.AdminKey, " ; ", "names no address")]
    [InlineData(ApiHost.AdminKey, "http://127.0.0.1:99999", "is no address")]
    [InlineData(ApiHost.AdminKey, "http://unix:sock", "is no address")]
    public void Service_WithAKeyOrAnAddressThatCannotBe_IsNotMade(string key, string urls, string message) =>
        Should.Throw<ArgumentException>(() => LeadPredictApi.Create(new() { AdminKey = key, Urls = urls })).Message.ShouldContain(message);

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
