using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LeadPredict.Artifacts.Tests;

namespace LeadPredict.Api.Tests.Batch;

public sealed class BatchEndpoint : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async Task InitializeAsync() => _api = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Batch_InEachForm_IsAnsweredInOrderWithTheBadInTheirPlace(bool lines, bool answerLines)
    {
        // Chunks end at 256 items: more than a few of them.
        string[] items = [.. Enumerable.Range(0, 2_000).Select(i => i % 97 == 13 ? """{"lead":7}""" : i % 97 == 14 ? "nonsense" : Lead(i))];
        string body = lines ? string.Join("\n\n", items) : $"[{string.Join(",\n", items)}]";
        using HttpRequestMessage request = Request(body, lines);
        request.Headers.Accept.Add(new(answerLines ? "application/x-ndjson" : "application/json"));

        using HttpResponseMessage response = await _api.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        string text = await response.Content.ReadAsStringAsync();
        JsonElement[] answers = answerLines
            ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)]
            : [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
        answers.Length.ShouldBe(items.Length);
        for (int i = 0; i < answers.Length; i++)
        {
            if (i % 97 is 13 or 14)
            {
                answers[i].GetProperty("index").GetInt32().ShouldBe(i);
                answers[i].GetProperty("problem").GetProperty("status").GetInt32().ShouldBe(400);
            }
            else
            {
                answers[i].GetProperty("leadId").GetString().ShouldBe($"b{i}");
            }
        }

        (_, JsonElement single, _) = await _api.PostAsync("/v1/score", Lead(0));
        answers[0].GetRawText().ShouldBe(single.GetRawText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_WithAnItemThatIsTooLarge_IsAnsweredWithItInItsPlace(bool lines)
    {
        string[] items = [Lead(0), $$"""{"lead":"{{new string('x', 5 << 20)}}"}""", """{"lead":7}""", Lead(3)];
        using HttpRequestMessage request = Request(lines ? string.Join('\n', items) : $"[{string.Join(',', items)}]", lines);
        request.Headers.Accept.Add(new("application/json"));

        using HttpResponseMessage response = await _api.Client.SendAsync(request);

        JsonElement answers = await JsonAsync(response);
        answers.EnumerateArray().Select(answer => answer.TryGetProperty("leadId", out JsonElement lead) ? lead.GetString() : $"{answer.GetProperty("index")} {answer.GetProperty("problem").GetProperty("status")}")
            .ShouldBe(["b0", "1 413", "2 400", "b3"]);
        answers[1].GetProperty("problem").GetProperty("detail").GetString().ShouldBe("The item is larger than 4 MB.");
    }

    [Fact]
    public async Task Batch_WhileAVersionIsPromoted_IsOfOneVersion()
    {
        await _api.Repository.PublishAsync(SmallModels.Draft(intercept: -2));
        var body = new Handed();
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/score/batch") { Content = body };
        body.Headers.ContentType = new("application/x-ndjson");
        Task<HttpResponseMessage> answering = _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Stream writing = await body.Opened;
        await writing.WriteAsync(Encoding.UTF8.GetBytes(Lead(0) + "\n"));
        await writing.FlushAsync();
        using HttpResponseMessage response = await answering;
        using var answers = new StreamReader(await response.Content.ReadAsStreamAsync());
        Version(await answers.ReadLineAsync()).ShouldBe(1, "a line is answered while more may come");

        await _api.Repository.PromoteAsync("small", 2);
        _api.Refresh();
        Version((await _api.PostAsync("/v1/score", Lead(0))).Body.GetRawText()).ShouldBe(2);
        await writing.WriteAsync(Encoding.UTF8.GetBytes(Lead(1) + "\n"));
        await writing.FlushAsync();
        Version(await answers.ReadLineAsync()).ShouldBe(1);
        body.End();
        (await answers.ReadLineAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("{}", false, 400)]
    [InlineData("[1", false, 200)]
    [InlineData("", false, 400)]
    [InlineData("", true, 200)]
    public async Task Batch_ThatIsNone_IsRefusedAsFarAsItCanBe(string body, bool lines, int expected)
    {
        using HttpResponseMessage response = await _api.Client.SendAsync(Request(body, lines));
        ((int)response.StatusCode).ShouldBe(body == "[1" ? 400 : expected);
    }

    [Fact]
    public async Task Batch_ThatBreaksOffLater_SaysSoAtItsEnd()
    {
        string start = $"[{string.Join(',', Enumerable.Range(0, 600).Select(Lead))}";
        using HttpResponseMessage response = await _api.Client.SendAsync(Request(start, lines: false));
        JsonElement answers = await JsonAsync(response);
        answers.GetArrayLength().ShouldBeInRange(2, 601);
        answers[answers.GetArrayLength() - 1].GetProperty("problem").GetProperty("errors")[0].GetProperty("found").GetString().ShouldBe("an array without an end");
    }

    [Fact]
    public async Task Batch_WithoutReasons_HasTheSameScores()
    {
        using HttpResponseMessage with = await _api.Client.SendAsync(Request($"[{Lead(1)}]", lines: false));
        using HttpRequestMessage request = Request($"[{Lead(1)}]", lines: false);
        request.RequestUri = new("/v1/score/batch?reasons=false", UriKind.Relative);
        using HttpResponseMessage without = await _api.Client.SendAsync(request);
        JsonElement told = (await JsonAsync(with))[0], plain = (await JsonAsync(without))[0];
        plain.GetProperty("reasons").GetArrayLength().ShouldBe(0);
        plain.GetProperty("rawScore").GetRawText().ShouldBe(told.GetProperty("rawScore").GetRawText());
        plain.GetProperty("probabilities").GetRawText().ShouldBe(told.GetProperty("probabilities").GetRawText());
    }

    internal static string Lead(int i) => ScoreRequests.Example.ReplaceLineEndings(" ").Replace("\"b1\"", $"\"b{i}\"", StringComparison.Ordinal);

    private static int Version(string? answer) => JsonDocument.Parse(answer!).RootElement.GetProperty("model").GetProperty("version").GetInt32();

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    private static HttpRequestMessage Request(string body, bool lines) => new(HttpMethod.Post, "/v1/score/batch")
    {
        Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(lines ? "application/x-ndjson" : "application/json")),
    };

    /// <summary>A body that the test writes while it is sent.</summary>
    private sealed class Handed : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Stream> Opened => _opened.Task;

        public void End() => _end.SetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _opened.SetResult(stream);
            return _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
