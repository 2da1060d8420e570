using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;

namespace LeadPredict.Api.Tests.Limits;

public class TrafficLimiting
{
    [Fact]
    public async Task Caller_AboveItsRate_IsToldWhenToComeBack()
    {
        await using ApiHost api = await ApiHost.StartAsync(change: options => options with { RatePerSecond = 3 });
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => api.Client.GetAsync("/v1/models")));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBeInRange(3, 6);
        HttpResponseMessage refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        for (int i = 0; i < 10; i++)
        {
            (await api.GetAsync("/health/ready")).Status.ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Body_ThatIsCompressed_IsRead(string encoding)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        using HttpResponseMessage response = await PostAsync(api, "/v1/score", Compress(Encoding.UTF8.GetBytes(ScoreRequests.Example), encoding), encoding);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/v1/score", "gzip", 413)]
    [InlineData("/v1/score", "br", 415)]
    [InlineData("/v1/score", "gzip, gzip", 415)]
    public async Task Bomb_IsRefused(string path, string encoding, int expected)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        byte[] body = new byte[64 * 1024 * 1024];
        Array.Fill(body, (byte)' ', 0, 16);
        Array.Fill(body, (byte)'[', 16, body.Length - 16);
        using HttpResponseMessage response = await PostAsync(api, path, Compress(body, "gzip"), encoding);
        ((int)response.StatusCode).ShouldBe(expected);
    }

    [Fact]
    public async Task Bomb_AsAnItemOfABatch_IsRefusedInItsPlace()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        byte[] body = new byte[64 * 1024 * 1024];
        Array.Fill(body, (byte)'[');
        using HttpResponseMessage response = await PostAsync(api, "/v1/score/batch", Compress(body, "gzip"), "gzip");
        JsonElement answers = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        answers.EnumerateArray().Select(answer => answer.GetProperty("problem").GetProperty("status").GetInt32()).ShouldBe([413, 400], "an item that is too large, and no end");
    }

    [Theory]
    [InlineData("/v1/score")]
    [InlineData("/v1/score/batch")]
    public async Task Body_ThatDoesNotDecompress_IsRefused(string path)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        byte[] body = Compress(Encoding.UTF8.GetBytes(ScoreRequests.Example), "gzip");
        body.AsSpan(20, 20).Clear();
        using HttpResponseMessage response = await PostAsync(api, path, body, "gzip");
        ((int)response.StatusCode).ShouldBe(400);
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("gzip", true)]
    [InlineData("deflate", false)]
    [InlineData("deflate", true)]
    public async Task Body_ThatIsCutOffBetweenItsLines_IsRefusedAndNotTakenForAShorterOne(string encoding, bool ended)
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using ApiHost api = await ApiHost.StartAsync(store, model: false);
        using var output = new MemoryStream();
        int flushed;
        using (Stream stream = Compressing(output, encoding))
        {
            for (int line = 0; line < 3; line++)
            {
                stream.Write(Encoding.UTF8.GetBytes($$"""{"id":"l{{line}}","createdAt":"2025-05-01"}{{"\n"}}"""));
                stream.Flush();
            }

            flushed = (int)output.Length;
        }

        byte[] whole = output.ToArray();
        using HttpResponseMessage cut = await PostAsync(api, "/v1/leads", whole[..(ended ? whole.Length - 2 : flushed)], encoding, "application/x-ndjson");
        ((int)cut.StatusCode).ShouldBe(400);
        (await store.FindAccountOfLeadAsync("l0")).ShouldBeNull();
        using HttpResponseMessage taken = await PostAsync(api, "/v1/leads", whole, encoding, "application/x-ndjson");
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Stream Compressing(Stream output, string encoding) =>
        encoding == "gzip" ? new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true) : new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true);

    private static byte[] Compress(byte[] body, string encoding)
    {
        var output = new MemoryStream();
        using (Stream stream = Compressing(output, encoding))
        {
            stream.Write(body);
        }

        return output.ToArray();
    }

    private static Task<HttpResponseMessage> PostAsync(ApiHost api, string path, byte[] body, string encoding, string type = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return api.Client.PostAsync(path, content);
    }
}
