using System.Text;

namespace LeadPredict.Api.Tests.Requests;

/// <summary>What the headers of a body say of it, over sockets.</summary>
public sealed class ContentTypes(SocketApi api) : IClassFixture<SocketApi>
{
    private const string Lead = """{"id":"C1","createdAt":"2025-05-01T08:00:00Z"}""";

    [Theory]
    [InlineData("/v1/score", "application/json", "utf-8", 200)]
    [InlineData("/v1/score", "application/json", "\"utf-8\"", 200)]
    [InlineData("/v1/leads", "application/json", "\"UTF-8\"", 200)]
    [InlineData("/v1/leads", "application/x-ndjson", "\"utf-8\"", 200)]
    [InlineData("/v1/score", "application/json", "\"latin1\"", 415)]
    [InlineData("/v1/leads", "application/json", "\"latin1\"", 415)]
    public async Task Charset_InQuotesOrWithout_IsReadAlike(string path, string type, string charset, int expected)
    {
        string body = path == "/v1/score" ? $$"""{"asOf":"2025-06-01","lead":{{Lead}}}""" : Lead;
        (int status, _, string answer) = await api.SendAsync(
            "POST", path, $"content-type: {type}; charset={charset}\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        status.ShouldBe(expected, answer);
    }

    [Theory]
    [InlineData("/v1/score", "4 MB")]
    [InlineData("/v1/score/batch", "1024 MB")]
    public async Task Body_LargerThanItMayBe_IsToldTheLimitOfItsPath(string path, string limit)
    {
        (int status, _, string answer) = await api.SendAsync("POST", path, "content-type: application/json\r\ncontent-length: 2000000000\r\n\r\n");
        status.ShouldBe(413);
        answer.ShouldContain($"larger than {limit}");
    }
}
