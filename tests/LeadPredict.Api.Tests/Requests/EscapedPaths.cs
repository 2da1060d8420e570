using System.Text;
using System.Text.Json;

namespace LeadPredict.Api.Tests.Requests;

/// <summary>Over sockets: the server of the other tests does not get a target as it was sent.</summary>
public sealed class EscapedPaths : IAsyncLifetime
{
    private static readonly string[] Leads = ["plain", "s/1", "a/b", "a%2Fb", "https://crm.example/1", "\u00fc 1", "100%", "score", "x%FF", "x?y#z"];
    private readonly SocketApi _api = new();

    public async Task InitializeAsync()
    {
        await _api.InitializeAsync();
        await SendAsync("POST", "/v1/leads", JsonSerializer.Serialize(Leads.Select(id => new { id, createdAt = "2025-05-01" })));
        await SendAsync("POST", "/v1/transitions", JsonSerializer.Serialize(Leads.Select(id => new { leadId = id, to = "MarketingQualified", occurredAt = "2025-05-03" })));
    }

    public Task DisposeAsync() => _api.DisposeAsync();

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
        (await LeadAsync("GET", $"{_api.Address.GetLeftPart(UriPartial.Authority)}/v1/leads/plain?a=b", "lead", "id")).ShouldBe("plain");
        (await LeadAsync("GET", $"{_api.Address.GetLeftPart(UriPartial.Authority)}/v1/leads/a%252Fb/score?asOf=2025-06-01", "leadId")).ShouldBe("a%2Fb");
        (await SendAsync("GET", $"{_api.Address.GetLeftPart(UriPartial.Authority)}/v1/leads/a%2Fscore")).Status.ShouldBe(404, "the server reads that slash as one of the path");
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
        (await _api.Store.FindAccountOfLeadAsync(lead))!.Find(lead)!.Attributes.Any(attribute => attribute.Name == Funnel.Leads.ProfilingObjection.Attribute);

    private async Task<string?> LeadAsync(string method, string target, params string[] names)
    {
        (int status, string body) = await SendAsync(method, target);
        status.ShouldBe(200, body);
        using JsonDocument answer = JsonDocument.Parse(body);
        return names.Aggregate(answer.RootElement, (element, name) => element.GetProperty(name)).GetString();
    }

    private async Task<(int Status, string Body)> SendAsync(string method, string target, string? json = null)
    {
        string type = json is null ? "" : "Content-Type: application/json\r\n";
        (int status, string head, string body) = await _api.SendAsync(method, target, $"{type}Content-Length: {Encoding.UTF8.GetByteCount(json ?? "")}\r\n\r\n{json}");
        return (status, Unchunked(head, body));
    }

    private static string Unchunked(string head, string body) =>
        head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(body.Split("\r\n").Where((_, line) => line % 2 == 1))
            : body;
}
