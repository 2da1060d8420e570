using System.Net;
using System.Net.Sockets;
using System.Text;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Api.Tests.Limits;

/// <summary>Over sockets: what callers send slowly lies in buffers that the server of the other tests does not have.</summary>
public sealed class SlowBodies : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        ModelRepository repository = new(_folder["models"]);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft()));
        _app = LeadPredictApi.Create(new() { Models = _folder["models"], Urls = "http://127.0.0.1:0", ConcurrentRequests = 1, RequestTimeout = TimeSpan.FromSeconds(3), PollInterval = TimeSpan.Zero, Ingest = new() { Secrets = new Dictionary<string, IReadOnlyList<string>> { ["mautic"] = ["a-secret"] } } });
        await _app.StartAsync();
        _client = new() { BaseAddress = new(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/v1/score", "Content-Length: 1000")]
    [InlineData("/v1/score", "Content-Length: 100000")]
    [InlineData("/v1/score", "Transfer-Encoding: chunked")]
    [InlineData("/v1/score/batch", "Content-Length: 1000")]
    public async Task Callers_ThatSendABodySlowly_TakeNobodysPlace(string path, string length)
    {
        // One place and four that wait: six callers who never get on would leave none.
        Socket[] slow = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => BeginAsync(path, length)))];
        await Task.Delay(200);

        using HttpResponseMessage answer = await _client.PostAsync("/v1/score", Example()).WaitAsync(TimeSpan.FromSeconds(2));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Array.ForEach(slow, socket => socket.Dispose());
    }

    [Fact]
    public async Task Callers_WithoutAKey_HaveFewPlacesAndTakeNobodysElse()
    {
        // A signature is over the whole body, so bodies that nobody vouches for yet are read: some at once, not any number.
        byte[] more = new byte[80_000];
        Socket[] slow = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => BeginAsync("/v1/ingest/mautic", "Content-Length: 100000", more)))];
        await Task.Delay(500);

        using HttpResponseMessage unsigned = await _client.PostAsync("/v1/ingest/mautic", Example());
        using HttpResponseMessage answer = await _client.PostAsync("/v1/score", Example());

        unsigned.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Array.ForEach(slow, socket => socket.Dispose());
    }

    [Fact]
    public async Task Body_ThatDoesNotArriveInTime_IsAnswered408()
    {
        using Socket socket = await BeginAsync("/v1/score", "Content-Length: 100000");
        byte[] answer = new byte[4096];
        Task<int> answered = socket.ReceiveAsync(answer);
        while (!answered.IsCompleted)
        {
            // Fast enough for the server's least rate, which would end the request else.
            await socket.SendAsync(new byte[100]);
            await Task.Delay(100);
        }

        Encoding.ASCII.GetString(answer, 0, await answered).ShouldStartWith("HTTP/1.1 408 ");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(63_000)]
    [InlineData(200_000)]
    public async Task Body_InPieces_IsReadWhole(int blanks)
    {
        byte[] body = Encoding.UTF8.GetBytes(ScoreRequests.Example + new string(' ', blanks));
        using Socket socket = await BeginAsync("/v1/score", $"Content-Length: {body.Length}", body.AsMemory(0, 5));
        await Task.Delay(50);
        for (int sent = 5; sent < body.Length; sent += 9_000)
        {
            await socket.SendAsync(body.AsMemory(sent, Math.Min(9_000, body.Length - sent)));
            await Task.Delay(5);
        }

        byte[] answer = new byte[64 * 1024];
        Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer)).ShouldStartWith("HTTP/1.1 200 ");
    }

    private static StringContent Example() => new(ScoreRequests.Example, Encoding.UTF8, "application/json");

    private async Task<Socket> BeginAsync(string path, string length, ReadOnlyMemory<byte>? beginning = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", _client.BaseAddress!.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{length}\r\n\r\n"));
        await socket.SendAsync(beginning ?? (length.StartsWith("Transfer", StringComparison.Ordinal) ? "5\r\n{\r\n"u8.ToArray() : "{"u8.ToArray()));
        return socket;
    }
}
