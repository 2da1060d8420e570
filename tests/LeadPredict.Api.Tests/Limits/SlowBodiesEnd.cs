using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Security;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Api.Tests.Limits;

/// <summary>How callers end whose body does not come in time: over sockets, since the server of the other tests knows no slow callers.</summary>
public sealed class SlowBodiesEnd : IDisposable
{
    private const string Sized = "Content-Length: 100000";
    private const string Endless = "/endless";
    private const string Chunked = "Transfer-Encoding: chunked";

    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();

    /// <summary>Warnings and errors. The server also warns where the machine is too busy for its clock.</summary>
    private IEnumerable<string> Faults => _log.Lines.Where(line => !line.Contains("heartbeat", StringComparison.Ordinal));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Callers_WhoseBodyTakesLongerThanTheLimit_AreToldAndLetGo()
    {
        // The server's least rate would end them after five seconds.
        await ShouldBeToldAndLetGoAsync(TimeSpan.FromSeconds(1), ("/v1/score", Sized, 1), ("/v1/score", Chunked, 1), ("/v1/leads", Sized, 80_000), ("/v1/ingest/mautic", Sized, 1), ("/v1/ingest/mautic", Sized, 80_000));
    }

    [Fact]
    public async Task Callers_SlowerThanTheLeastRate_AreToldAndLetGo()
    {
        await ShouldBeToldAndLetGoAsync(
            TimeSpan.FromSeconds(30), ("/v1/score", Sized, 1), ("/v1/score", Chunked, 1), ("/v1/leads", Sized, 1), ("/v1/score/batch", Sized, 1), ("/v1/score/batch", Chunked, 1));
    }

    [Theory]
    [InlineData("/v1/score", Sized, 1)]
    [InlineData("/v1/score", Chunked, 1)]
    [InlineData("/v1/ingest/mautic", Sized, 80_000)]
    [InlineData("/v1/score/batch", Sized, 1)]
    public async Task Callers_ThatGoInTheMiddle_AreNoFaultOfTheService(string path, string length, int sent)
    {
        await using (WebApplication app = await StartAsync(TimeSpan.FromSeconds(30)))
        {
            Socket[] callers = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => BeginAsync(app, path, length, sent)))];
            await Task.Delay(300);
            for (int i = 0; i < callers.Length; i++)
            {
                // Half of them say goodbye, the others do not.
                callers[i].LingerState = new(i % 2 == 0, 0);
                callers[i].Close();
            }

            await Task.Delay(300);
        }

        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Request_ThatTakesTheServiceTooLong_IsAnswered503AndNothingElse()
    {
        await using WebApplication app = await StartAsync(TimeSpan.FromSeconds(1));
        using var client = new HttpClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri(app.Urls.First() + Endless));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("status").GetInt32().ShouldBe(503);
    }

    [Fact]
    public async Task Log_OfAFault_IsSeenByTheseTests()
    {
        await using WebApplication app = await StartAsync(TimeSpan.FromSeconds(30));

        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Server.Kestrel").LogWarning("ended abnormally");

        Faults.ShouldHaveSingleItem().ShouldStartWith("ended abnormally");
    }

    private async Task ShouldBeToldAndLetGoAsync(TimeSpan limit, params (string Path, string Length, int Sent)[] callers)
    {
        await using (WebApplication app = await StartAsync(limit))
        {
            foreach (string answer in await Task.WhenAll(callers.Select(caller => CallAsync(app, caller.Path, caller.Length, caller.Sent))))
            {
                answer.ShouldStartWith("HTTP/1.1 408 ");
                answer.ShouldContain("Connection: close");
                answer.ShouldContain("did not arrive in time");
                answer.LastIndexOf("HTTP/1.1", StringComparison.Ordinal).ShouldBe(0, "answered once");
            }
        }

        Faults.ShouldBeEmpty();
    }

    /// <summary>Sends the beginning of a body, then a byte every 200 ms until the service closes: all that it said.</summary>
    private static async Task<string> CallAsync(WebApplication app, string path, string length, int sent)
    {
        using Socket socket = await BeginAsync(app, path, length, sent);
        var clock = Stopwatch.StartNew();
        Task<string> said = ReadToEndAsync(socket);
        while (await Task.WhenAny(said, Task.Delay(200)) != said)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25), "the connection is still open");
            try
            {
                await socket.SendAsync("x"u8.ToArray());
            }
            catch (SocketException)
            {
                // Closed; what was said before counts.
            }
        }

        return await said;
    }

    private static async Task<Socket> BeginAsync(WebApplication app, string path, string length, int sent)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", new Uri(app.Urls.First()).Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{length}\r\n\r\n{(length == Chunked ? "fffff\r\n" : "")}{new string('[', sent)}"));
        return socket;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var said = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
            {
                said.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // A byte that comes after the end resets the connection.
        }

        return said.ToString();
    }

    private async Task<WebApplication> StartAsync(TimeSpan limit)
    {
        ModelRepository repository = new(_folder["models"]);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft()));
        LeadPredictApiOptions options = new()
        {
            Models = _folder["models"],
            Urls = "http://127.0.0.1:0",
            RequestTimeout = limit,
            PollInterval = TimeSpan.Zero,
            Ingest = new() { Secrets = new Dictionary<string, IReadOnlyList<string>> { ["mautic"] = ["a-secret"] } },
        };
        WebApplication app = LeadPredictApi.Create(options, builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(_log);
            builder.Logging.AddFilter<LogLines>(null, LogLevel.Warning);
        });
        app.MapGet(Endless, (CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation)).AllowWithoutKey();
        await app.StartAsync();
        return app;
    }
}
