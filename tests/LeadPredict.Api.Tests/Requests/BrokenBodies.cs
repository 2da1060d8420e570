using System.Text;

namespace LeadPredict.Api.Tests.Requests;

/// <summary>Bodies that break the rules of HTTP or of texts are the caller's fault, over sockets as well.</summary>
public sealed class BrokenBodies(SocketApi api) : IClassFixture<SocketApi>
{
    [Theory]
    [InlineData("/v1/score", "application/json")]
    [InlineData("/v1/score/batch", "application/x-ndjson")]
    [InlineData("/v1/leads", "application/json")]
    [InlineData("/invocations", "application/json")]
    [InlineData("/v2/models/small/infer", "application/json")]
    [InlineData("/sign-in", "application/x-www-form-urlencoded")]
    [InlineData("/lead/decide", "application/x-www-form-urlencoded")]
    public async Task Chunk_OfASizeThatIsNone_IsRefused(string path, string type)
    {
        foreach (string size in (string[])["FFFFFFFF", "80000000", "zz"])
        {
            (await SendAsync(path, type, $"transfer-encoding: chunked\r\n\r\n{size}\r\n{{}}")).Status.ShouldBe(400, size);
        }
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/lead/decide")]
    public async Task Form_WhosePartsAreNone_IsRefused(string path) =>
        (await SendAsync(path, "multipart/form-data; boundary=x", "content-length: 3\r\n\r\nabc")).Status.ShouldBe(400);

    [Fact]
    public async Task Name_WithHalfOfASurrogatePair_IsAFaultOfItsItemAlone()
    {
        const string Broken = """{"id":"G2","createdAt":"2025-01-01","attributes":{"employees":[{"\ud800":1}]}}""";
        (int status, string answer) = await SendJsonAsync("/v1/leads", $$"""[{"id":"G1","createdAt":"2025-01-01"},{{Broken}}]""");

        status.ShouldBe(207);
        answer.ShouldContain("/1/attributes/employees/0");
        (await api.Store.FindAccountOfLeadAsync("G1")).ShouldNotBeNull();
        (await SendJsonAsync("/v1/score", $$"""{"lead":{{Broken}},"asOf":"2025-06-01"}""")).Status.ShouldBe(400);
        (await SendJsonAsync("/v1/score/batch", $$"""[{"lead":{{Broken}},"asOf":"2025-06-01"}]""")).Answer.ShouldContain("\"status\":400");
    }

    [Theory]
    [InlineData("/v1/ingest/segment", """{"\ud800":1}""")]
    [InlineData("/v1/ingest/marketo", """{"\ud800":1}""")]
    [InlineData("/v1/ingest/hubspot", """{"\ud800":1}""")]
    [InlineData("/v1/ingest/salesforce", """{"\ud800":1}""")]
    [InlineData("/v1/ingest/mautic", """{"\ud800":1}""")]
    [InlineData("/v1/ingest/cloudevents", """{"\ud800":1}""")]
    [InlineData("/invocations", """{"dataframe_split":{"columns":["leadId"],"data":[["\ud800"]]}}""")]
    [InlineData("/invocations", """{"dataframe_records":[{"leadId":"\ud800"}]}""")]
    [InlineData("/invocations", """{"\ud800":[]}""")]
    [InlineData("/v2/models/small/infer", """{"\ud800":[]}""")]
    public async Task Text_WithHalfOfASurrogatePair_IsRefused(string path, string body) =>
        (await SendJsonAsync(path, body)).Status.ShouldBe(400);

    private Task<(int Status, string Answer)> SendJsonAsync(string path, string body) =>
        SendAsync(path, "application/json", $"content-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private async Task<(int Status, string Answer)> SendAsync(string path, string type, string rest)
    {
        (int status, _, string body) = await api.SendAsync("POST", path, $"content-type: {type}\r\n{rest}");
        return (status, body);
    }
}
