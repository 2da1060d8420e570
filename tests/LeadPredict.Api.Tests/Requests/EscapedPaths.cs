using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Api.Tests.Requests;

/// <summary>Over sockets: the server of the other tests does not get a target as it was sent.</summary>
public sealed class EscapedPaths : IAsyncLifetime, IDisposable
{
    private static readonly string[] Leads = ["plain", "s/1", "a/b", "a%2Fb", "https://crm.example/1", "\u00fc 1", "100%", "score", "x%FF", "x?y#z"];
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;
    private OperationsStore _operations = null!;
    private WebApplication _app = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        ModelRepository repository = new(_folder["models"]);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml)));
        string connection = "sqlite:" + _folder["history.db"];
        _store = await HistoryStores.OpenAsync(connection, create: true);
        _operations = await OperationsStore.OpenAsync(connection, create: true);
        _app = LeadPredictApi.Create(new() { Models = _folder["models"], Store = _store, Operations = _operations, Urls = "http://127.0.0.1:0", PollInterval = TimeSpan.Zero, Time = ApiHost.Clock });
        await _app.StartAsync();
        _address = new(_app.Urls.First());
        await SendAsync("POST", "/v1/leads", JsonSerializer.Serialize(Leads.Select(id => new { id, createdAt = "2025-05-01" })));
        await SendAsync("POST", "/v1/transitions", JsonSerializer.Serialize(Leads.Select(id => new { leadId = id, to = "MarketingQualified", occurredAt = "2025-05-03" })));
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _operations.DisposeAsync();
        await _store.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/v1/leads/plain", 200)]
    [InlineData("/v1/leads/nobody", 404)]
    [InlineData("/v1/score", 405)]
    public async Task Head_IsAnsweredAsGet_WithoutABody(string target, int expected) => (await SendAsync("HEAD", target)).ShouldBe((expected, ""));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("%70lain", "plain")]
    [InlineData("s%2F1", "s/1")]
    [InlineData("a%2fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("https:%2F%2Fcrm.example%2F1", "https://crm.example/1")]
    [InlineData("%C3%BC%201", "\u00fc 1")]
    [InlineData("100%25", "100%")]
    [InlineData("x%25FF", "x%FF")]
    [InlineData("x%3Fy%23z", "x?y#z")]
    public async Task Lead_ByItsEscapedName_IsTheOneMeantOnEveryRoute(string sent, string meant)
    {
        (await LeadAsync("GET", $"/v1/leads/{sent}?a=/b/c%2Fd", "lead", "id")).ShouldBe(meant);
        (await LeadAsync("GET", $"/v1/leads/{sent}/score?asOf=2025-06-01", "leadId")).ShouldBe(meant);
        (await LeadAsync("POST", $"/v1/leads/{sent}/objection", "leadId")).ShouldBe(meant);
        (await LeadAsync("DELETE", $"/v1/leads/{sent}/objection", "leadId")).ShouldBe(meant);
        (await LeadAsync("POST", $"/v1/leads/{sent}/qualify", "leadId")).ShouldBe(meant);
        (await SendAsync("GET", $"/v1/leads/{sent}/scores")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Objection_OfALeadWithASlash_IsNotNotedOfAnother()
    {
        (await SendAsync("POST", "/v1/leads/a%2Fb/objection")).Status.ShouldBe(200);

        (await ObjectsAsync("a/b")).ShouldBeTrue();
        (await ObjectsAsync("a%2Fb")).ShouldBeFalse();
    }

    [Fact]
    public async Task Target_ThatIsAWholeAddress_IsReadAsOneToo()
    {
        (await LeadAsync("GET", $"{_address.GetLeftPart(UriPartial.Authority)}/v1/leads/plain?a=b", "lead", "id")).ShouldBe("plain");
        (await LeadAsync("GET", $"{_address.GetLeftPart(UriPartial.Authority)}/v1/leads/a%252Fb/score?asOf=2025-06-01", "leadId")).ShouldBe("a%2Fb");
        (await SendAsync("GET", $"{_address.GetLeftPart(UriPartial.Authority)}/v1/leads/a%2Fscore")).Status.ShouldBe(404, "the server reads that slash as one of the path");
    }

    [Theory]
    [InlineData("/v1/leads/x%FF", 400)]
    [InlineData("/v1/leads/x%FF/score", 400)]
    [InlineData("/v1/leads/100%/scores", 400)]
    [InlineData("/v1/leads/a%2Fb%zz", 400)]
    [InlineData("/v1/leads/plain%00", 400)]
    [InlineData("/v1/leads/./score", 404)]
    [InlineData("/v1/leads/%2e/score", 404)]
    [InlineData("/v1/leads/a%2Fb/../plain", 404)]
    [InlineData("/v1/leads/none%2F1", 404)]
    public async Task Path_ThatNamesNoLead_IsRefused(string target, int expected) => (await SendAsync("GET", target)).Status.ShouldBe(expected);

    private async Task<bool> ObjectsAsync(string lead) =>
        (await _store.FindAccountOfLeadAsync(lead))!.Find(lead)!.Attributes.Any(attribute => attribute.Name == Funnel.Leads.ProfilingObjection.Attribute);

    private async Task<string?> LeadAsync(string method, string target, params string[] names)
    {
        (int status, string body) = await SendAsync(method, target);
        status.ShouldBe(200, body);
        using JsonDocument answer = JsonDocument.Parse(body);
        return names.Aggregate(answer.RootElement, (element, name) => element.GetProperty(name)).GetString();
    }

    private async Task<(int Status, string Body)> SendAsync(string method, string target, string? json = null)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_address.Host, _address.Port);
        NetworkStream stream = socket.GetStream();
        byte[] body = Encoding.UTF8.GetBytes(json ?? "");
        string type = json is null ? "" : "Content-Type: application/json\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {_address.Authority}\r\nConnection: close\r\n{type}Content-Length: {body.Length}\r\n\r\n"));
        await stream.WriteAsync(body);
        string[] answer = (await new StreamReader(stream).ReadToEndAsync()).Split("\r\n\r\n", 2);
        return (int.Parse(answer[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), Unchunked(answer));
    }

    private static string Unchunked(string[] answer) =>
        answer[0].Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(answer[1].Split("\r\n").Where((_, line) => line % 2 == 1))
            : answer[1];
}
