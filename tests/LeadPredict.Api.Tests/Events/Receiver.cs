using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Api.Tests.Events;

/// <summary>A receiver of events on a port of its own that answers as it is told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _count;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Method, string Path, Dictionary<string, string> Headers, string Body, int Status)> Received { get; } = [];

    /// <summary>The status for the n-th request, from 0.</summary>
    public Func<int, int> Answer { get; set; } = _ => 200;

    /// <summary>What it says of when to come again, or null.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>How many bytes it says beside the status.</summary>
    public int AnswerBytes { get; set; }

    public Uri Url => new(_app.Urls.First() + "/");

    public static async Task<Receiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            int status = receiver.Answer(Interlocked.Increment(ref receiver._count) - 1);
            receiver.Received.Enqueue((context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body, status));
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = receiver.RetryAfter;
            await context.Response.Body.WriteAsync(new byte[receiver.AnswerBytes]);
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
